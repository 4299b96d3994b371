import { type Access, CacheDict, type CachePath, MemoryStore, withCache } from 'cachedict'
import { is, type Same } from './is.ts'

// Access: every order of distinct flags, and nothing else.
export const accesses: Access[] = [
  'r',
  'e',
  'w',
  're',
  'er',
  'rw',
  'wr',
  'ew',
  'we',
  'rew',
  'rwe',
  'erw',
  'ewr',
  'wre',
  'wer',
]
// @ts-expect-error: no flag
export const none: Access = ''
// @ts-expect-error: an unknown flag
export const unknownFlag: Access = 'x'
// @ts-expect-error: a flag twice
export const twice: Access = 'rr'

// What the body gives is what the promise resolves to.
const number = withCache('p', () => 5)
is<Same<typeof number, Promise<number>>>()
const text = withCache('p', 'r', async () => 'text')
is<Same<typeof text, Promise<string>>>()
// @ts-expect-error: the access is checked
withCache('p', 'read', () => 5)
// @ts-expect-error: there has to be a body
withCache('p', 'r')
// @ts-expect-error: an option of that name is not there
withCache('p', 'r', () => 5, { onEror: 'keep' })
// @ts-expect-error: nor that value
withCache('p', 'r', () => 5, { onError: 'drop' })

export const paths: CachePath[] = [
  'p',
  new URL('file:///p'),
  new Map<string, Uint8Array>(),
  new MemoryStore(),
]
// @ts-expect-error: no path
export const noPath: CachePath = 5

// Without types, values and keys are any; with them, they are checked.
withCache('p', dict => {
  is<Same<typeof dict, CacheDict>>()
  const value: number = dict.get(['any', 'key'])
  return value
})

withCache<{ n: number; list?: string[] }, 'a' | 'b'>('p', dict => {
  const got = dict.get('a')
  is<Same<typeof got, { n: number; list?: string[] } | undefined>>()
  const orNull = dict.get('a', null)
  is<Same<typeof orNull, { n: number; list?: string[] } | null>>()
  // @ts-expect-error: no such key
  dict.get('c')
  // @ts-expect-error: no such value
  dict.set('a', { n: 'one' })
  dict.set('a', { n: 1 }).set('b', { n: 2 })
  // A draft is what the value is, and may be changed or replaced.
  const updated = dict.update('a', draft => {
    is<Same<typeof draft, { n: number; list?: string[] }>>()
    draft.n += 1
  })
  is<Same<typeof updated, { n: number; list?: string[] }>>()
  dict.update('a', () => ({ n: 2 }))
  // @ts-expect-error: a recipe gives a value of the dictionary
  dict.update('a', () => 'text')
  for (const [key, value] of dict) {
    is<Same<typeof key, 'a' | 'b'>>()
    is<Same<typeof value, { n: number; list?: string[] }>>()
  }
  // What evaluate gives is what its function gives: a promise only for a promise.
  const now = dict.evaluate('a', () => 5)
  is<Same<typeof now, number>>()
  const later = dict.evaluate('a', async () => 'text')
  is<Same<typeof later, Promise<string>>>()
  dict.evaluate('a', async () => 'text', { keepIf: kept => kept.length > 2, ttl: '1h', refresh: true })
  // @ts-expect-error: keepIf sees what the promise resolves to
  dict.evaluate('a', async () => 'text', { keepIf: (kept: number) => kept > 2 })
  // @ts-expect-error: an option of decorate only
  dict.evaluate('a', () => 5, { ignore: ['a'] })
})

export async function opened(): Promise<void> {
  await using dict = await CacheDict.open<number, string>('p', 'rew')
  const n = dict.get('a')
  is<Same<typeof n, number | undefined>>()
  // @ts-expect-error: always keeps
  await CacheDict.open('p', 'rew', { onError: 'discard' })
}
