import { writeSync } from 'node:fs'

/** Segments begin at, and are, multiples of it. */
export const BLOCK_BYTES = 2048
/** As much as one segment may be: two million claims. */
export const MAX_SEGMENT_BYTES = 1 << 26
export const HEADER_BYTES = 128
export const SLOT_BYTES = 32
export const HASH_BYTES = 16
export const MAGIC = Buffer.from('\x89CLAIM\r\n', 'latin1')
export const CLAIMS_VERSION = 1
/** Where in a header things stand. An owner's text, at its end, never passes 80 bytes. */
export const AT = { version: 8, sizeBytes: 12, owner: 32 } as const

const EMPTY_SLOT = Buffer.alloc(SLOT_BYTES)

/**
 * A segment of this thread in a file of claims, as it is to be there: nobody else ever writes in its place. A change
 * is made here first; `write` brings all that changed into the file, with one system call.
 *
 * A header of 128 bytes: magic (8), version (u32; 0: nobody's), the segment's length (u32), 16 zeros, the owner (ASCII, then zeros).
 * Then slots of 32: the hash of a key that the owner claims (zeros: a free slot), the hash of a key that the evaluation
 * of the first waits for (zeros: none). Numbers are little-endian.
 */
export class ClaimSegment {
  /** Where in the file it lies. */
  offset = 0
  readonly #bytes: Buffer
  readonly #free: number[] = []
  #changedFrom = Number.POSITIVE_INFINITY
  #changedTo = 0

  constructor(owner: string, sizeBytes: number) {
    this.#bytes = Buffer.alloc(sizeBytes)
    this.#bytes.set(MAGIC)
    this.#bytes.writeUInt32LE(CLAIMS_VERSION, AT.version)
    this.#bytes.writeUInt32LE(sizeBytes, AT.sizeBytes)
    this.#bytes.write(owner, AT.owner, 'latin1')
    for (let slot = sizeBytes - SLOT_BYTES; slot >= HEADER_BYTES; slot -= SLOT_BYTES) this.#free.push(slot)
  }

  /** How many bytes a segment needs, at least, to have `slots`: a power of two times BLOCK_BYTES. */
  static sizeFor(slots: number): number {
    const bytes = Math.min(HEADER_BYTES + slots * SLOT_BYTES, MAX_SEGMENT_BYTES)
    return BLOCK_BYTES * 2 ** Math.max(0, Math.ceil(Math.log2(bytes / BLOCK_BYTES)))
  }

  get sizeBytes(): number {
    return this.#bytes.length
  }

  get freeSlots(): number {
    return this.#free.length
  }

  /** Puts a claim into a free slot, of which there must be one; returns the slot. */
  put(hash: string, awaited = ''): number {
    const slot = this.#free.pop()!
    this.#bytes.write(hash, slot, 'latin1')
    if (awaited !== '') this.#bytes.write(awaited, slot + HASH_BYTES, 'latin1')
    this.#changed(slot)
    return slot
  }

  clear(slot: number): void {
    this.#bytes.set(EMPTY_SLOT, slot)
    this.#free.push(slot)
    this.#changed(slot)
  }

  /** What could not be written is written with the next change. */
  write(fd: number): void {
    if (this.#changedTo === 0) return
    writeAll(fd, this.#bytes.subarray(this.#changedFrom, this.#changedTo), this.offset + this.#changedFrom)
    this.#changedFrom = Number.POSITIVE_INFINITY
    this.#changedTo = 0
  }

  /** Writes all of it to a place of the file where nobody alive has anything: whoever holds the file's lock may. */
  place(fd: number, offset: number): void {
    // The header last: it alone makes a segment of these bytes, however far a writer that is killed may come.
    eraseHeader(fd, offset)
    writeAll(fd, this.#bytes.subarray(HEADER_BYTES), offset + HEADER_BYTES)
    writeAll(fd, this.#bytes.subarray(0, HEADER_BYTES), offset)
    this.offset = offset
    this.#changedFrom = Number.POSITIVE_INFINITY
    this.#changedTo = 0
  }

  /** Whether the header of this segment is still in its place, given the content of the file. */
  isIn(content: Uint8Array): boolean {
    const there = content.subarray(this.offset, this.offset + HEADER_BYTES)
    return this.#bytes.compare(there, 0, there.length, 0, HEADER_BYTES) === 0
  }

  #changed(slot: number): void {
    this.#changedFrom = Math.min(this.#changedFrom, slot)
    this.#changedTo = Math.max(this.#changedTo, slot + SLOT_BYTES)
  }
}

const ERASED = Buffer.concat([MAGIC], HEADER_BYTES)

/** Makes a free place of the segment at `offset`. The magic stays: however far the write comes, the file is one of claims. */
export function eraseHeader(fd: number, offset: number): void {
  writeAll(fd, ERASED, offset)
}

function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  // A full disk takes a part; the next call then says why.
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
  }
}
