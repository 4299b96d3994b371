import { fstatSync } from 'node:fs'
import {
  extendClaimFile,
  forgetClaimFile,
  isClaimFileAt,
  joinClaimFile,
  leaveClaimFile,
  peekClaimFile,
  sweepClaimFile,
} from './claim-file.ts'
import { ClaimSegment, MAX_SEGMENT_BYTES } from './claim-segment.ts'
import { ClaimTable } from './claim-table.ts'

/** So often, at most, is it looked whether the file still lies where others find it. */
const CHECK_MS = 1000
/** Of so much, at most, stays in the file when nothing is claimed: everybody reads all of it with each take. */
const KEPT_BYTES = 64 * 1024

export interface ClaimSlot {
  readonly segment: ClaimSegment
  readonly at: number
}

/**
 * What one owner has in the file of claims at `path`, which it joins when it first claims something. When the file was
 * removed, replaced or cut off, it joins anew with all it has: seen within a second. If it cannot, it forgets all.
 */
export class ClaimPlace {
  readonly #path: string
  readonly #owner: string
  readonly #prepare: () => void
  readonly #table = new ClaimTable()
  #segments: readonly ClaimSegment[] = []
  #fd: number | undefined
  #checkedMs = 0

  constructor(path: string, owner: string, prepare: () => void) {
    this.#path = path
    this.#owner = owner
    this.#prepare = prepare
  }

  /** Makes sure of so many free slots. */
  reserve(slots: number): void {
    for (;;) {
      const free = this.#segments.reduce((sum, { freeSlots }) => sum + freeSlots, 0)
      if (free >= slots) return
      const doubled = Math.min((this.#segments.at(-1)?.sizeBytes ?? 0) * 2, MAX_SEGMENT_BYTES)
      this.#add(new ClaimSegment(this.#owner, Math.max(doubled, ClaimSegment.sizeFor(slots - free))))
    }
  }

  /** Puts a claim into a slot that was reserved. */
  put(hash: string, awaited?: string): ClaimSlot {
    const segment = this.#segments.find(({ freeSlots }) => freeSlots > 0)!
    return { segment, at: segment.put(hash, awaited) }
  }

  /** Makes what was put and cleared visible to all. What fails to be written is written the next time. */
  write(): void {
    for (const segment of this.#segments) segment.write(this.#fd!)
  }

  /** Reads what everybody claims. */
  read(): ClaimTable | undefined {
    if (this.#fd === undefined) return peekClaimFile(this.#path)
    const nowMs = performance.now()
    if (nowMs - this.#checkedMs > CHECK_MS) {
      this.#checkedMs = nowMs
      if (!isClaimFileAt(this.#path, this.#fd)) this.#join(this.#segments)
    }
    const { content } = this.#table.read(this.#fd)
    if (this.#segments.every(segment => segment.isIn(content))) return this.#table
    this.#join(this.#segments)
    return this.#table.read(this.#fd)
  }

  /**
   * Whether all of the file is this owner's, and nobody else can have a claim. Costs less than to `read`: who joins makes
   * the file longer before he claims anything.
   */
  isAlone(): boolean {
    if (this.#fd === undefined || performance.now() - this.#checkedMs > CHECK_MS) return false
    let end = 0
    for (const { offset, sizeBytes } of this.#segments) {
      if (offset !== end) return false
      end += sizeBytes
    }
    return fstatSync(this.#fd).size === end
  }

  /** Where in the file the own segments lie. */
  offsets(): readonly number[] {
    return this.#segments.map(({ offset }) => offset)
  }

  /** Gives the place of very many claims back. Call it only when nothing is claimed. */
  shrink(): void {
    let sizeBytes = 0
    const kept = this.#segments.filter(segment => {
      sizeBytes += segment.sizeBytes
      return sizeBytes <= KEPT_BYTES
    })
    if (kept.length === this.#segments.length) return
    if (kept.length > 0) {
      leaveClaimFile(this.#path, this.#fd!, this.#owner, new Set(kept.map(({ offset }) => offset)))
      this.#segments = kept
    } else {
      this.leave()
    }
  }

  /** Gives up everything. The last one removes the file. A later `reserve` begins anew. */
  leave(): void {
    if (this.#fd === undefined) return
    try {
      leaveClaimFile(this.#path, this.#fd, this.#owner)
    } finally {
      this.#forget()
    }
  }

  /** Removes the file where nobody alive has anything in it. */
  sweep(): void {
    if (this.#fd === undefined) sweepClaimFile(this.#path)
  }

  #add(segment: ClaimSegment): void {
    const segments = [...this.#segments, segment]
    if (this.#fd !== undefined && isClaimFileAt(this.#path, this.#fd)) {
      extendClaimFile(this.#path, this.#fd, segment)
      this.#segments = segments
    } else {
      this.#join(segments)
    }
  }

  #join(segments: readonly ClaimSegment[]): void {
    // Where they lay is no longer theirs to write in.
    this.#forget()
    this.#prepare()
    this.#fd = joinClaimFile(this.#path, this.#owner, segments)
    this.#segments = segments
    this.#checkedMs = performance.now()
    leaveAtExit(this)
  }

  #forget(): void {
    const fd = this.#fd
    this.#fd = undefined
    this.#segments = []
    joined.delete(this)
    if (fd !== undefined) forgetClaimFile(fd, this.#owner)
  }
}

/** Whatever this thread has joined: a normal end leaves no file behind. */
const joined = new Set<ClaimPlace>()
let listens = false

function leaveAtExit(place: ClaimPlace): void {
  joined.add(place)
  if (listens) return
  listens = true
  process.once('exit', () => {
    for (const each of joined) {
      try {
        each.leave()
      } catch {
        // Nobody is left to be told. What stays behind is a dead thread's: it does not count.
      }
    }
  })
}
