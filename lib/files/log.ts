import {
  bodyStart,
  hasMarker,
  keyHash,
  parseHead,
  RECORD_HEAD_BYTES,
  type RecordHead,
  recordBytes,
  writeHead,
} from './record.ts'

/** One change of a store: `bytes` under `key`, or, where `bytes` is undefined, nothing any more. */
export interface Change {
  readonly key: string
  readonly bytes: Uint8Array | undefined
}

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
}

/** Renders `changes` as one batch of a log with `seed`, to be written at `offset` in one write, and what a reader will see. */
export function encodeBatch(
  changes: readonly Change[],
  seed: number,
  offset: number,
): { readonly bytes: Buffer; readonly items: readonly LogItem[] } {
  const parts = changes.map((change, index) => {
    const key = Buffer.from(change.key, 'utf8')
    const head: RecordHead = {
      deletes: change.bytes === undefined,
      more: index < changes.length - 1,
      keyBytes: key.length,
      bodyBytes: change.bytes?.byteLength ?? 0,
      keyHash: keyHash(key),
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
 * checks it. A damaged record costs its own key alone, as long as one of its two heads is left.
 */
export function scanLog(log: Buffer, seed: number, offset: number): LogScan {
  const items: LogItem[] = []
  let batch: LogItem[] = []
  let end = 0
  const finish = (at: number, more: boolean) => {
    if (more) return
    items.push(...batch)
    batch = []
    end = at
  }
  for (let at = 0; at < log.length; ) {
    const head = parseHead(log, at, seed, offset + at)
    if (head !== undefined) {
      const next = at + recordBytes(head, true)
      if (next > log.length) break
      batch.push(readItem(log, at, head, offset))
      finish(next, head.more)
      at = next
      continue
    }
    const found = searchOn(log, at, seed, offset)
    if (found === undefined) break
    if (found.lost !== undefined) {
      batch.push({ is: 'damaged', keyHash: found.lost.keyHash })
      finish(found.next, found.lost.more)
    } else {
      batch.push({ is: 'gap' })
      finish(found.next, false)
    }
    at = found.next
  }
  return { items, end: offset + end }
}

function readItem(log: Buffer, at: number, head: RecordHead, offset: number): LogItem {
  const key = log.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + head.keyBytes)
  if (keyHash(key) !== head.keyHash) return { is: 'damaged', keyHash: head.keyHash }
  const text = key.toString('utf8')
  if (head.deletes) return { is: 'delete', key: text }
  return { is: 'put', key: text, offset: offset + at + bodyStart(head), bytes: head.bodyBytes }
}

/** From a place with no sound head: the end of the record that began here, known by its second head; else the next record. */
function searchOn(
  log: Buffer,
  start: number,
  seed: number,
  offset: number,
): { readonly next: number; readonly lost?: RecordHead } | undefined {
  for (let at = start + 8; at + RECORD_HEAD_BYTES <= log.length; at += 8) {
    if (!hasMarker(log, at)) continue
    const tail = parseHead(log, at, seed, offset + start)
    const next = at + RECORD_HEAD_BYTES
    if (tail !== undefined && start + recordBytes(tail, true) === next) return { next, lost: tail }
    if (parseHead(log, at, seed, offset + at) !== undefined) return { next: at }
  }
  return undefined
}
