import { readSync } from 'node:fs'
import {
  AT,
  BLOCK_BYTES,
  CLAIMS_VERSION,
  HASH_BYTES,
  HEADER_BYTES,
  MAGIC,
  MAX_SEGMENT_BYTES,
  SLOT_BYTES,
} from './claim-segment.ts'
import { isAlive, isOwner } from './owner.ts'

/** How long somebody who was seen alive is taken to be so. */
const BELIEVED_MS = 100
/** Of so many are kept what was seen. */
const MOST_BELIEVED = 1000
const FIRST_BYTES = 16 * 1024
const MAGIC_LOW = MAGIC.readInt32LE(0)
const MAGIC_HIGH = MAGIC.readInt32LE(4)

export interface SeenSegment {
  readonly offset: number
  readonly sizeBytes: number
  readonly owner: string
}

/** A file of claims as it was read last: who holds what, and what waits for what. Of the dead it says nothing. */
export class ClaimTable {
  #buffer = Buffer.alloc(FIRST_BYTES)
  #view = viewOf(this.#buffer)
  #length = 0

  /** Reads the whole file, with one system call unless it has outgrown what was read before. */
  read(fd: number): this {
    this.#length = readSync(fd, this.#buffer, 0, this.#buffer.length, 0)
    while (this.#length === this.#buffer.length) {
      this.#buffer = Buffer.alloc(this.#length * 2)
      this.#view = viewOf(this.#buffer)
      this.#length = readSync(fd, this.#buffer, 0, this.#buffer.length, 0)
    }
    return this
  }

  /** Valid until the next `read`. */
  get content(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  /** The live holder, other than `despite`, of each of `hashes` that has one; what lies in the segments at `own` does not count. */
  holders(hashes: readonly string[], own: readonly number[], despite?: string): ReadonlyMap<string, string> {
    const wanted = new Set(hashes)
    const words = new Set(hashes.map(wordOf))
    const only = words.size === 1 ? wordOf(hashes[0]!) : 0
    const found = new Map<string, string>()
    for (let at = 0; at < this.#length; at += this.#step(at)) {
      if (own.includes(at) || !this.#isSegment(at)) continue
      const end = this.#end(at)
      for (let slot = at + HEADER_BYTES; slot < end; slot += SLOT_BYTES) {
        const word = this.#view.getInt32(slot, true)
        if (word === 0 || (only !== 0 ? word !== only : !words.has(word))) continue
        const hash = this.#hash(slot)
        if (!wanted.has(hash) || found.has(hash)) continue
        const owner = this.#owner(at)
        if (owner !== despite && seemsAlive(owner)) found.set(hash, owner)
      }
    }
    return found
  }

  /** Which hashes wait for which: from each that is claimed, to those that its holder noted. */
  edges(): ReadonlyMap<string, readonly string[]> {
    const edges = new Map<string, string[]>()
    for (let at = 0; at < this.#length; at += this.#step(at)) {
      if (!this.#isSegment(at)) continue
      const end = this.#end(at)
      for (let slot = at + HEADER_BYTES; slot < end; slot += SLOT_BYTES) {
        if (this.#view.getInt32(slot, true) === 0 || this.#view.getInt32(slot + HASH_BYTES, true) === 0)
          continue
        if (!seemsAlive(this.#owner(at))) break
        const from = this.#hash(slot)
        const to = edges.get(from) ?? []
        to.push(this.#hash(slot + HASH_BYTES))
        edges.set(from, to)
      }
    }
    return edges
  }

  /** The segments, of the living and of the dead, from the first to the last. */
  segments(): readonly SeenSegment[] {
    const segments: SeenSegment[] = []
    for (let at = 0; at < this.#length; at += this.#step(at)) {
      if (!this.#isSegment(at)) continue
      segments.push({ offset: at, sizeBytes: this.#step(at), owner: this.#owner(at) })
    }
    return segments
  }

  /** Garbage is passed over block by block: a segment behind it is found again. */
  #step(at: number): number {
    return this.#isSegment(at) ? this.#view.getInt32(at + AT.sizeBytes, true) : BLOCK_BYTES
  }

  #isSegment(at: number): boolean {
    if (at + HEADER_BYTES > this.#length) return false
    const view = this.#view
    if (view.getInt32(at, true) !== MAGIC_LOW || view.getInt32(at + 4, true) !== MAGIC_HIGH) return false
    const sizeBytes = view.getInt32(at + AT.sizeBytes, true)
    return (
      view.getInt32(at + AT.version, true) === CLAIMS_VERSION &&
      sizeBytes > 0 &&
      sizeBytes <= MAX_SEGMENT_BYTES &&
      sizeBytes % BLOCK_BYTES === 0
    )
  }

  /** Where the slots end: where the segment does, or a file that was cut off. */
  #end(at: number): number {
    return Math.min(at + this.#step(at), this.#length - SLOT_BYTES + 1)
  }

  #owner(at: number): string {
    return this.#buffer.toString('latin1', at + AT.owner, at + HEADER_BYTES).replace(/\0.*$/s, '')
  }

  #hash(at: number): string {
    return this.#buffer.toString('latin1', at, at + HASH_BYTES)
  }
}

/** `isAlive`, of which a yes is believed for a while: a waiting process asks a hundred times. */
export function seemsAlive(owner: string): boolean {
  const nowMs = performance.now()
  const seenMs = seenAlive.get(owner)
  if (seenMs !== undefined && nowMs - seenMs < BELIEVED_MS) return true
  seenAlive.delete(owner)
  if (!isOwner(owner) || !isAlive(owner)) return false
  if (seenAlive.size >= MOST_BELIEVED) seenAlive.clear()
  seenAlive.set(owner, nowMs)
  return true
}

const seenAlive = new Map<string, number>()

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** The first four bytes of a hash as the number that `getInt32` reads. */
function wordOf(hash: string): number {
  return (
    hash.charCodeAt(0) | (hash.charCodeAt(1) << 8) | (hash.charCodeAt(2) << 16) | (hash.charCodeAt(3) << 24)
  )
}
