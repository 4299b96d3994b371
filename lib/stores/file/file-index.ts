import { endianness } from 'node:os'
import { crc32 } from 'node:zlib'
import { HEADER_BYTES } from '../../files/file-header.ts'
import {
  hasMarker,
  keyHash,
  parseHead,
  RECORD_HEAD_BYTES,
  type RecordHead,
  recordBytes,
} from '../../files/record.ts'

/** Numbers of 32 bits in a row: hash of the key, bytes of the key, bytes of the body, offset in units of 8 bytes. */
const WORDS = 4
const ROW_BYTES = WORDS * 4
const CHECK_BYTES = 8

export interface IndexRow extends Pick<RecordHead, 'keyHash' | 'keyBytes' | 'bodyBytes'> {
  readonly offset: number
}

/** Where each record of a dictionary file lies, found by the hash of its key. The search table is made when first used. */
export class FileIndex {
  static readonly empty = new FileIndex(new Uint32Array(0))
  readonly #words: Uint32Array
  #table: Uint32Array | undefined

  private constructor(words: Uint32Array) {
    this.#words = words
  }

  static bytesOf(count: number): number {
    return count * ROW_BYTES + CHECK_BYTES
  }

  /** Reads an index of `count` rows of records that end at `end`; undefined where it is damaged. */
  static parse(bytes: Buffer, count: number, end: number): FileIndex | undefined {
    if (bytes.length !== FileIndex.bytesOf(count)) return undefined
    const rows = bytes.subarray(0, count * ROW_BYTES)
    if (bytes.readUInt32LE(rows.length) !== checkOf(rows, end)) return undefined
    const native = nativeOrder(rows)
    return new FileIndex(new Uint32Array(native.buffer, native.byteOffset, count * WORDS))
  }

  /** Makes an index of a file whose own is damaged, from the records themselves; `lost` counts the stretches between. */
  static search(file: Buffer, seed: number): { readonly index: FileIndex; readonly lost: number } {
    const builder = new IndexBuilder()
    let lost = 0
    for (let at = HEADER_BYTES; at < file.length; ) {
      const head = parseHead(file, at, seed, at)
      const next = head === undefined ? undefined : at + recordBytes(head, false)
      if (head !== undefined && next !== undefined && next <= file.length) {
        const key = file.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + head.keyBytes)
        if (keyHash(key) === head.keyHash) builder.add(head, at)
        else lost += 1
        at = next
      } else {
        lost += 1
        do at += 8
        while (at < file.length && !(hasMarker(file, at) && parseHead(file, at, seed, at) !== undefined))
      }
    }
    return { index: new FileIndex(builder.words()), lost }
  }

  get isEmpty(): boolean {
    return this.#words.length === 0
  }

  *rows(): Generator<IndexRow> {
    for (let at = 0; at < this.#words.length; at += WORDS) yield this.#row(at)
  }

  /** The rows of keys with this hash: one, or a few that collide. */
  *rowsOf(hash: number): Generator<IndexRow> {
    if (this.#words.length === 0) return
    this.#table ??= this.#hashed()
    const mask = this.#table.length - 1
    for (let slot = hash & mask; this.#table[slot] !== 0; slot = (slot + 1) & mask) {
      const at = (this.#table[slot]! - 1) * WORDS
      if (this.#words[at] === hash) yield this.#row(at)
    }
  }

  #row(at: number): IndexRow {
    const words = this.#words
    return {
      keyHash: words[at]!,
      keyBytes: words[at + 1]!,
      bodyBytes: words[at + 2]!,
      offset: words[at + 3]! * 8,
    }
  }

  /** Open addressing, at most half full: row number + 1 in the first free slot at or after its hash. */
  #hashed(): Uint32Array {
    const count = this.#words.length / WORDS
    const table = new Uint32Array(2 ** Math.ceil(Math.log2(count * 2 + 1)))
    const mask = table.length - 1
    for (let row = 0; row < count; row += 1) {
      let slot = this.#words[row * WORDS]! & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = row + 1
    }
    return table
  }
}

/** Collects the rows of an index while a dictionary is written. */
export class IndexBuilder {
  #words = new Uint32Array(1024)
  count = 0

  add(head: Pick<RecordHead, 'keyHash' | 'keyBytes' | 'bodyBytes'>, offset: number): void {
    const at = this.count * WORDS
    if (at === this.#words.length) {
      const wider = new Uint32Array(this.#words.length * 2)
      wider.set(this.#words)
      this.#words = wider
    }
    this.#words[at] = head.keyHash
    this.#words[at + 1] = head.keyBytes
    this.#words[at + 2] = head.bodyBytes
    this.#words[at + 3] = offset / 8
    this.count += 1
  }

  words(): Uint32Array {
    return this.#words.slice(0, this.count * WORDS)
  }

  /** The index as it lies in a file whose records end at `end`. */
  encode(end: number): Uint8Array {
    const words = this.words()
    const rows = nativeOrder(Buffer.from(words.buffer, 0, words.byteLength))
    const check = Buffer.alloc(CHECK_BYTES)
    check.writeUInt32LE(checkOf(rows, end), 0)
    return Buffer.concat([rows, check])
  }
}

/** Of no rows it is 0: what zlib gives for no bytes depends on where they lie. */
function checkOf(rows: Buffer, end: number): number {
  return rows.length === 0 ? 0 : crc32(rows, end % 2 ** 32)
}

/** Between the file's little-endian words and this machine's. */
function nativeOrder(words: Buffer): Buffer {
  return endianness() === 'LE' ? words : Buffer.from(words).swap32()
}
