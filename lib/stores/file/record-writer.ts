import { hash32 } from '../../base/hash32.ts'
import type { Sink } from '../../files/atomic-write.ts'
import {
  bodyStart,
  encodeKey,
  LARGEST_BODY_BYTES,
  LARGEST_FILE_BYTES,
  LARGEST_KEY_BYTES,
  RECORD_HEAD_BYTES,
  type RecordHead,
  recordBytes,
  writeHead,
} from '../../files/record.ts'

/** Records are gathered in a stage of this size; a body that would take half of it is written by itself. */
const STAGE_BYTES = 1 << 20

/** Writes the records of a dictionary one after the other, many with one system call. */
export class RecordWriter {
  /** Where the next record begins. */
  offset: number
  readonly #sink: Sink
  readonly #seed: number
  readonly #stage = Buffer.allocUnsafeSlow(STAGE_BYTES)
  #staged = 0

  constructor(sink: Sink, seed: number, offset: number) {
    this.#sink = sink
    this.#seed = seed
    this.offset = offset
  }

  /** Writes one record, and returns its head; undefined for one that the file cannot hold. */
  add(key: Buffer | string, body: Uint8Array): RecordHead | undefined {
    const bodyBytes = body.byteLength
    const isLarge = bodyBytes > STAGE_BYTES / 2
    const room = RECORD_HEAD_BYTES + LARGEST_KEY_BYTES + 16 + (isLarge ? 0 : bodyBytes)
    if (this.#staged + room > STAGE_BYTES) this.flush()
    const at = this.#staged
    const keyBytes = this.#writeKey(key, at + RECORD_HEAD_BYTES)
    const hash = hash32(this.#stage, 0, at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + keyBytes)
    const head = { deletes: false, more: false, keyBytes, bodyBytes, keyHash: hash, synced: 0 }
    const size = recordBytes(head, false)
    if (bodyBytes > LARGEST_BODY_BYTES || this.offset + size > LARGEST_FILE_BYTES) return undefined
    const start = bodyStart(head)
    writeHead(this.#stage, at, head, this.#seed, this.offset)
    clear(this.#stage, at + RECORD_HEAD_BYTES + keyBytes, at + start)
    if (isLarge) {
      this.#staged = at + start
      this.flush()
      this.#sink(body)
      this.#sink(new Uint8Array(size - start - bodyBytes))
    } else {
      this.#stage.set(body, at + start)
      clear(this.#stage, at + start + bodyBytes, at + size)
      this.#staged = at + size
    }
    this.offset += size
    return head
  }

  /** Hands over what is gathered. */
  flush(): void {
    if (this.#staged > 0) this.#sink(this.#stage.subarray(0, this.#staged))
    this.#staged = 0
  }

  #writeKey(key: Buffer | string, at: number): number {
    // A short well-formed text fits as it is; `encodeKey` says what is wrong with any other.
    const isPlain = typeof key === 'string' && key.length * 3 <= LARGEST_KEY_BYTES && key.isWellFormed()
    if (isPlain) return this.#stage.write(key, at, 'utf8')
    const bytes = typeof key === 'string' ? encodeKey(key) : key
    this.#stage.set(bytes, at)
    return bytes.length
  }
}

/** Padding is at most 7 bytes long: a loop is faster than a call of the system's. */
function clear(bytes: Buffer, from: number, to: number): void {
  for (let at = from; at < to; at += 1) bytes[at] = 0
}
