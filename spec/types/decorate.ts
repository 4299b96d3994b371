import {
  type Cache,
  type CachedFunction,
  CacheError,
  type CacheErrorCode,
  createCache,
  decorate,
  type EvictionPolicy,
  events,
  NoCache,
  type Reason,
  SingleValueCache,
  type Worth,
} from 'cachedict'
import { is, type Same } from './is.ts'

// A cached function is called as before.
function rectangle(a: number, b = 1): number {
  return a * b
}
const area = decorate(rectangle)
const product = area(3)
is<Same<typeof product, number>>()
// @ts-expect-error: arguments are checked
area('3')
// @ts-expect-error: and counted
area()

// Async ones stay async.
const load = decorate(async (url: URL) => ({ status: 200, url }))
const loaded = load(new URL('file:///'))
is<Same<typeof loaded, Promise<{ status: number; url: URL }>>>()

// Overloads and type parameters stay.
function pick(from: string): string
function pick(from: number[]): number
function pick(from: string | number[]): string | number {
  return from[0]!
}
const picked = decorate(pick)
const [first, second] = [picked('abc'), picked([1])]
is<Same<typeof first, string>>()
is<Same<typeof second, number>>()
const same = decorate(<T>(value: T): T => value, { name: 'same' })
const five = same(5 as const)
is<Same<typeof five, 5>>()

// `this` stays.
const scaled = decorate(function scaled(this: { factor: number }, n: number) {
  return this.factor * n
})
scaled.call({ factor: 2 }, 3)
// @ts-expect-error: this is checked
scaled.call({}, 3)

// Members take the arguments of the function, and give what it resolves to.
const peeked = load.peek(new URL('file:///'))
is<Same<typeof peeked, Promise<{ status: number; url: URL } | typeof NoCache>>>()
const refreshed = load.refresh(new URL('file:///'))
is<Same<typeof refreshed, Promise<{ status: number; url: URL }>>>()
is<Same<typeof area.original, (a: number, b?: number) => number>>()
area.has(1, 2)
// @ts-expect-error: members check arguments too
area.has('1')
// @ts-expect-error: and keyOf
load.keyOf('file:///')
const again = area.with({ ttl: '1h' })
is<Same<typeof again, CachedFunction<(a: number, b?: number) => number>>>()

export async function peeks(): Promise<void> {
  const value = await area.peek(1)
  // @ts-expect-error: it may be NoCache
  value.toFixed()
  if (value !== NoCache) value.toFixed()
  for await (const entry of area.entries()) {
    is<Same<typeof entry.status, 'value' | 'error'>>()
    // @ts-expect-error: entries are for reading
    entry.key = 'other'
  }
  const { because } = await area.why(1)
  is<Same<typeof because, Reason | undefined>>()
  const { misses } = await area.stats()
  misses.expired.toFixed()
  // @ts-expect-error: no such reason
  misses.outdated
}

// Options know the function.
decorate((url: string, depth: number) => url.length * depth, {
  innerKey: (url, depth) => {
    is<Same<typeof url, string>>()
    is<Same<typeof depth, number>>()
    return url
  },
  keepIf: (value, url, depth) => {
    is<Same<typeof value, number>>()
    return value > 0 && url !== '' && depth > 0
  },
  validIf: (value, entry) => value > 0 && entry.createdAtMs > 0,
  errors: error => error instanceof RangeError,
})
decorate(async (url: string) => url.length, { keepIf: value => value > 0 })
decorate((n: number) => n, { innerKey: '[n, args.length]' })
// @ts-expect-error: innerKey gets the arguments of the function
decorate((n: number) => n, { innerKey: (n: string) => n })
// @ts-expect-error: keepIf gets its result
decorate((n: number) => n, { keepIf: (value: string) => value !== '' })
// @ts-expect-error: no such option
decorate((n: number) => n, { tll: '1h' })
// @ts-expect-error: no such access
decorate((n: number) => n, { access: 'rr' })
// @ts-expect-error: no function
decorate(5)

// Parameters have the types of their defaults, whatever else is said.
const times = decorate((n: number, by = 2) => n * by, {
  innerKey: (n, by) => [n, by],
  keepIf: (value, n, by) => value + n + (by ?? 2) > 0,
})
times(2, 3)
// @ts-expect-error: a number, as its default
times(2, '3')
is<Same<ReturnType<typeof times>, number>>()
const joined = decorate({ ttl: 5 })((from: string, by = ', ') => from.split(by))
is<Same<ReturnType<typeof joined>, string[]>>()
const last = SingleValueCache.decorate((n: number, by = 2) => n * by, { name: 'last' })
is<Same<ReturnType<typeof last>, number>>()
// @ts-expect-error: nobody says what n is
decorate(n => n)
// @ts-expect-error: no class
decorate(class Circle {})

// Functions that wrap any function.
// biome-ignore lint/suspicious/noExplicitAny: any function at all.
type Any = (...args: any[]) => unknown
export const hourly = <F extends Any>(fn: F): CachedFunction<F> => decorate(fn, { ttl: '1h' })
export const daily = <F extends Any>(fn: F) => decorate({ ttl: '1d' })(fn)

// Options first, and as a decorator of methods.
const factory = decorate({ ttl: '1h' })((n: number) => `${n}`)
is<Same<typeof factory, CachedFunction<(n: number) => string>>>()

export class Shape {
  side = 1
  @decorate
  area(): number {
    return this.side ** 2
  }
  @decorate({ fields: ['side'] })
  async later(factor: number): Promise<number> {
    return this.side * factor
  }
  // @ts-expect-error: methods only
  @decorate
  field = 1
}

// One value.
const single = SingleValueCache.decorate((n: number) => n, { ignore: ['n'] })
is<Same<typeof single, CachedFunction<(n: number) => number>>>()
new SingleValueCache('p', 'rew', { ttl: 5 }).decorate((n: number) => n)(1)

// Shared defaults.
const cache: Cache = createCache({ ttl: '1h', onError: 'discard' })
const own = cache.decorate((n: number) => n)(1)
is<Same<typeof own, number>>()
const inside = cache.withCache('p', 'r', () => 'text')
is<Same<typeof inside, Promise<string>>>()
// @ts-expect-error: no such default
createCache({ nothing: 1 })

// Stores have bounds.
const policy: EvictionPolicy = { id: 'mine', rank: (worth: Worth, floor: number) => floor + worth.costMs }
decorate((n: number) => n, { maxSize: '50 MB', maxEntries: 5, evict: 'lru' })
createCache({ maxSize: 5e6, evict: policy }).singleValue('p', 'rew', { maxSize: 5 })
// @ts-expect-error: no such policy
decorate((n: number) => n, { evict: 'fifo' })
// @ts-expect-error: a rank is a number
decorate((n: number) => n, { evict: { id: 'mine', rank: () => 'high' } })
// @ts-expect-error: a count is a number
decorate((n: number) => n, { maxEntries: '5' })

// Events are typed by their name.
events.on('miss', ({ because }) => is<Same<typeof because, Reason>>())
events.on('hit', ({ savedMs }) => savedMs.toFixed())
// @ts-expect-error: no such event
events.on('hits', () => {})
// @ts-expect-error: no such field
events.on('hit', ({ because }) => because)

// Errors have known codes.
export function codeOf(error: unknown): CacheErrorCode | undefined {
  return error instanceof CacheError ? error.code : undefined
}
// @ts-expect-error: no such code
export const wrong: CacheErrorCode = 'ERR_CACHE'
