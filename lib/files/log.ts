import type { Change } from './change.ts'
import {
  bodyStart,
  encodeKey,
  hasMarker,
  keyHash,
  parseHead,
  RECORD_HEAD_BYTES,
  type RecordHead,
  recordBytes,
  writeHead,
} from './record.ts'

/** What a log says at one place. */
export type LogItem =
  | { readonly is: 'put'; readonly key: string; readonly offset: number; readonly bytes: number }
  | { readonly is: 'delete'; readonly key: string }
  /** A damaged record of a key with this hash: what was kept of it before is not true any more. */
  | { readonly is: 'damaged'; readonly keyHash: number }
  /** Damage that hides which keys were changed. */
  | { readonly is: 'gap' }

export interface LogScan {
  readonly items: readonly LogItem[]
  /** Where the last whole batch ends: what lies beyond is torn, and the next writer cuts it off. */
  readonly end: number
  /** Everything before this offset is known to have been durable. */
  readonly synced: number
}

/** Where a batch will lie: in which file, at which offset, and how much of that file is durable by then. */
export interface BatchPlace {
  readonly seed: number
  readonly offset: number
  readonly synced: number
}

/** Renders `changes` as one batch of a log, to be written in one write, and what a reader will see. */
export function encodeBatch(
  changes: readonly Change[],
  { seed, offset, synced }: BatchPlace,
): { readonly bytes: Buffer; readonly items: readonly LogItem[] } {
  const parts = changes.map((change, index) => {
    const key = encodeKey(change.key)
    const head: RecordHead = {
      deletes: change.bytes === undefined,
      more: index < changes.length - 1,
      keyBytes: key.length,
      bodyBytes: change.bytes?.byteLength ?? 0,
      keyHash: keyHash(key),
      synced,
    }
    return { change, head, key, size: recordBytes(head, true) }
  })
  const bytes = Buffer.alloc(parts.reduce((sum, { size }) => sum + size, 0))
  let at = 0
  const items = parts.map(({ change, head, key, size }): LogItem => {
    const start = at
    at += size
    writeHead(bytes, start, head, seed, offset + start)
    bytes.set(key, start + RECORD_HEAD_BYTES)
    writeHead(bytes, at - RECORD_HEAD_BYTES, head, seed, offset + start)
    if (change.bytes === undefined) return { is: 'delete', key: change.key }
    bytes.set(change.bytes, start + bodyStart(head))
    return { is: 'put', key: change.key, offset: offset + start + bodyStart(head), bytes: head.bodyBytes }
  })
  return { bytes, items }
}

/**
 * Reads the log that lies at `offset` of its file and whose bytes are `log`. Bodies are not looked at: who reads one
 * checks it. A damaged record costs its own key alone, as long as one of its two heads is left. Where both are gone and
 * a later record tells that the place was durable, it is a gap; else the log was torn there by power loss, and ends.
 */
export function scanLog(log: Buffer, seed: number, offset: number): LogScan {
  const items: LogItem[] = []
  const gaps: { readonly before: LogPrefix; readonly at: number }[] = []
  let whole: LogPrefix = { items: 0, end: offset }
  let synced = 0
  for (let at = 0; at < log.length; ) {
    const head = parseHead(log, at, seed, offset + at)
    const found =
      head === undefined ? searchOn(log, at, seed, offset) : { next: at + recordBytes(head, true), head }
    if (found === undefined || found.next > log.length) break
    if (head !== undefined) items.push(readItem(log, at, head, offset))
    else if (found.head !== undefined) items.push({ is: 'damaged', keyHash: found.head.keyHash })
    else {
      gaps.push({ before: whole, at: offset + at })
      items.push({ is: 'gap' })
    }
    at = found.next
    synced = Math.max(synced, found.head?.synced ?? 0)
    // Which batch a lost record was of, nobody knows: what stands before it counts.
    if (found.head?.more !== true) whole = { items: items.length, end: offset + at }
  }
  const sound = gaps.find(gap => gap.at >= synced)?.before ?? whole
  items.length = sound.items
  return { items, end: sound.end, synced }
}

/** The first `items` of a log, whole batches that end at `end`. */
interface LogPrefix {
  readonly items: number
  readonly end: number
}

function readItem(log: Buffer, at: number, head: RecordHead, offset: number): LogItem {
  const key = log.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + head.keyBytes)
  if (keyHash(key) !== head.keyHash) return { is: 'damaged', keyHash: head.keyHash }
  const text = key.toString('utf8')
  if (head.deletes) return { is: 'delete', key: text }
  return { is: 'put', key: text, offset: offset + at + bodyStart(head), bytes: head.bodyBytes }
}

/** From a place with no sound head: the end of the record that began here and its second head; else the next record. */
function searchOn(
  log: Buffer,
  start: number,
  seed: number,
  offset: number,
): { readonly next: number; readonly head?: RecordHead } | undefined {
  for (let at = start + 8; at + RECORD_HEAD_BYTES <= log.length; at += 8) {
    if (!hasMarker(log, at)) continue
    const tail = parseHead(log, at, seed, offset + start)
    const next = at + RECORD_HEAD_BYTES
    if (tail !== undefined && start + recordBytes(tail, true) === next) return { next, head: tail }
    if (parseHead(log, at, seed, offset + at) !== undefined) return { next: at }
  }
  return undefined
}
