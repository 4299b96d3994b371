import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { sha256Hex } from '../keys/sha256.ts'
import { ANY_CODE } from './code-version.ts'
import { decodeEntry, decodeHead, type Entry, frameText, holdsValue } from './entry.ts'
import type { Seen, Use } from './made-of.ts'
import { codeVersionOfOlder } from './versions.ts'

/** A dictionary as somebody sees it. */
export interface View {
  /** The frame under `storeKey`, the caller's own. */
  get(storeKey: string): Uint8Array | undefined
  /** The same as `dict.evaluate` finds it, which sees what was kept meanwhile. */
  latest(storeKey: string): Uint8Array | undefined
  /** Every store key that holds a value, with its frame, perhaps without the value: in the order of the dictionary. */
  list(): Iterable<readonly [storeKey: string, frame: Uint8Array]>
}

export const SEEN_NOTHING: Seen = Object.freeze({ stamp: '', digest: '' })
/** Of what was seen in two states: true of none. */
export const TORN: Seen = Object.freeze({ stamp: '!', digest: '!' })
const PRESENT: Seen = Object.freeze({ stamp: '', digest: '+' })
const DIGEST_DIGITS = 32

/** What `dict.get` sees of this entry. Costs one sha256 of its value. */
export function seenOf(entry: Entry | undefined): Seen {
  if (entry?.status !== 'value') return SEEN_NOTHING
  return {
    stamp: stampOf(entry.value.byteLength, crc32(entry.value), entry.createdAtMs),
    digest: sha256Hex(entry.value).slice(0, DIGEST_DIGITS),
  }
}

export function presenceOf(isThere: boolean): Seen {
  return isThere ? PRESENT : SEEN_NOTHING
}

/** Every key of `view`, but for those in `without`. */
export function keysSeen(view: View, without: readonly string[]): Seen {
  const hash = createHash('sha256')
  for (const [key] of view.list()) if (!without.includes(key)) hash.update(`${key}\n`)
  return { stamp: '', digest: hash.digest('hex').slice(0, DIGEST_DIGITS) }
}

/** Every key and value of `view`, but for those in `without`. `quick`: reads no value, and does not know one that was written again. */
export function everythingSeen(view: View, without: readonly string[], quick?: 'quick'): Seen {
  const stamps = createHash('sha256')
  const contents = createHash('sha256')
  for (const [key, frame] of view.list()) {
    if (without.includes(key)) continue
    stamps.update(`${key}\n${frameText(frame)}\n`)
    if (quick === undefined) contents.update(`${key}\n${digestAt(view, key)}\n`)
  }
  const stamp = stamps.digest('hex').slice(0, DIGEST_DIGITS)
  return { stamp, digest: quick === undefined ? contents.digest('hex').slice(0, DIGEST_DIGITS) : TORN.digest }
}

/** Whether `view` still shows what `use` says. Where nothing was written, no value is looked at. */
export function isStillSo(use: Use, view: View): boolean {
  const { what, key } = use
  if (what === 'value') return isSame(use, key, view.get(key))
  if (what === 'presence') {
    const frame = view.get(key)
    return use.digest === presenceOf(frame !== undefined && holdsValue(frame, key)).digest
  }
  if (what === 'result') return isResultSame(use, view)
  const without = key.split('\n')
  if (what === 'keys') return use.digest === keysSeen(view, without).digest
  if (what !== 'everything') return false
  if (use.stamp === everythingSeen(view, without, 'quick').stamp) return true
  return use.digest !== TORN.digest && use.digest === everythingSeen(view, without).digest
}

/** Other code that kept its result meanwhile took nothing away: what this code gave lies beside it. */
function isResultSame(use: Use, view: View): boolean {
  const { key, codeVersion } = use
  const frame = view.latest(key)
  const head = frame === undefined ? undefined : decodeHead(frame, key)
  if (head === undefined) return use.digest === ''
  if (head.codeVersion === ANY_CODE || head.codeVersion === codeVersion) return isSame(use, key, frame)
  const older = head.older.filter(each => codeVersionOfOlder(each) === codeVersion).at(-1)
  return older === undefined ? use.digest === '' : isSame(use, older, view.latest(older))
}

function isSame(use: Use, key: string, frame: Uint8Array | undefined): boolean {
  const head = frame === undefined ? undefined : decodeHead(frame, key)
  if (frame === undefined || head?.status !== 'value') return use.digest === ''
  if (use.stamp !== '' && stampOf(head.valueBytes, head.valueSum, head.createdAtMs) === use.stamp) return true
  return seenOf(decodeEntry(frame, key)).digest === use.digest
}

function digestAt(view: View, key: string): string {
  const frame = view.get(key)
  return seenOf(frame === undefined ? undefined : decodeEntry(frame, key)).digest
}

function stampOf(valueBytes: number, valueSum: number, createdAtMs: number): string {
  return [valueBytes, valueSum, createdAtMs].map(part => part.toString(36)).join('.')
}
