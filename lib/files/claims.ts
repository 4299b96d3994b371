import { hash } from 'node:crypto'
import { ClaimPlace, type ClaimSlot } from './claim-place.ts'
import { HASH_BYTES } from './claim-segment.ts'
import { newOwner } from './owner.ts'

interface Held {
  readonly claim: ClaimSlot
  /** What its evaluation waits for, each in a slot of its own. */
  readonly notes: Set<ClaimSlot>
}

/**
 * The leases of keys among the threads and processes of one machine: claims in a file that they share at `path`.
 * Each thread writes in segments of its own, which name their owner: what a dead one left there does not count.
 *
 * Never do two hold one key. Each of them writes its claim, and reads the claims of all others when that call has
 * returned. Say that B's write returned no later than A's. Then it returned before A's read began, and a read shows
 * every write that had returned by then (POSIX; so do Linux and macOS on local disks): A sees B's claim, and takes its
 * own back. Both may see the other's, and neither hold the key: let a while, of random length, pass before the next try.
 * In the same way the last of those who note that they wait for each other sees the circle.
 *
 * A take costs one write and one read, both of memory; the first one of a thread, and more claims at a time than ever
 * before, also the lock beside the file. Throws ERR_CACHE_FORMAT where the file is not ours, ERR_CACHE_BUSY, and what
 * the system says: then nothing was taken. A file that was removed, replaced or cut off is joined anew, with what is
 * held, within a second of use. Until then, and if that fails, leases are held without being shared, no more.
 * One `Claims` for each thread and path: two do not know each other. Keys are well-formed text.
 */
export class Claims {
  readonly #owner = newOwner()
  readonly #place: ClaimPlace
  readonly #held = new Map<string, Held>()

  /** Nothing is created, or opened, before something is asked. `prepare` is called before the file is created. */
  constructor(path: string, prepare: () => void = () => {}) {
    this.#place = new ClaimPlace(path, this.#owner, prepare)
  }

  /**
   * Undefined: the key is held now, by this thread. Else who holds it: an owner, this one's own if it did already.
   * `despite`: an owner who does not count, living as it is.
   */
  take(key: string, despite?: string): string | undefined {
    return this.takeAll([key], despite)[0]
  }

  /** The same for many keys, with as many system calls as for one. */
  takeAll(keys: readonly string[], despite?: string): readonly (string | undefined)[] {
    const hashes = keys.map(hashOf)
    this.#place.reserve(hashes.reduce((count, hash) => (this.#held.has(hash) ? count : count + 1), 0))
    const taken: string[] = []
    const answers = hashes.map(hash => {
      if (this.#held.has(hash)) return this.#owner
      this.#held.set(hash, { claim: this.#place.put(hash), notes: new Set() })
      taken.push(hash)
      return undefined
    })
    if (taken.length === 0) return answers
    const others = attempt(
      () => {
        this.#place.write()
        return this.#othersOf(taken, despite)
      },
      () => this.#drop(taken),
    )
    if (others.size === 0) return answers
    this.#drop([...others.keys()])
    return answers.map((answer, index) => others.get(hashes[index]!) ?? answer)
  }

  /** Whoever waits for the key may have it. Does nothing for a key that is not held. */
  release(key: string): void {
    this.releaseAll([key])
  }

  /** The same for many keys, with as many system calls as for one. */
  releaseAll(keys: readonly string[]): void {
    this.#drop(keys.map(hashOf))
    if (this.#held.size === 0) this.#place.shrink()
  }

  /** The live holder of a key. Costs one read: a waiting caller asks for it again and again, before it takes. */
  holderOf(key: string): string | undefined {
    const hash = hashOf(key)
    return this.#held.has(hash) ? this.#owner : this.#othersOf([hash]).get(hash)
  }

  /**
   * Lets everybody know that the evaluation of `held` waits for `awaited`, and returns how to take that back, which may
   * be called twice. Does nothing for a key that is not held, for which nobody waits; `release` takes it back, too.
   */
  noteWaiting(held: string, awaited: string): () => void {
    const from = hashOf(held)
    const holding = this.#held.get(from)
    if (holding === undefined) return () => {}
    this.#place.reserve(1)
    const note = this.#place.put(from, hashOf(awaited))
    holding.notes.add(note)
    const takeBack = () => {
      if (!holding.notes.delete(note)) return
      note.segment.clear(note.at)
      this.#place.write()
    }
    attempt(() => this.#place.write(), takeBack)
    return takeBack
  }

  /**
   * Whether whoever evaluates `held` would wait for itself if it waited for `awaited`: by what all have noted that
   * live. Of those who note, and then ask, at the same time, at least one is told.
   */
  wouldDeadlock(held: readonly string[], awaited: string): boolean {
    const ends = new Set(held.map(hashOf))
    const reached = new Set([hashOf(awaited)])
    const edges = this.#place.read()?.edges()
    // A set that grows while it is walked over is walked to its end.
    for (const hash of reached) {
      if (ends.has(hash)) return true
      for (const next of edges?.get(hash) ?? []) reached.add(next)
    }
    return false
  }

  get holdsAny(): boolean {
    return this.#held.size > 0
  }

  /** Removes the file where nobody who lives has anything in it. */
  sweep(): void {
    this.#place.sweep()
  }

  /** Gives up everything. The last one removes the file. A later `take` begins anew. */
  close(): void {
    try {
      // First without the lock, which somebody may keep us waiting for.
      this.#drop([...this.#held.keys()])
    } finally {
      this.#place.leave()
    }
  }

  #othersOf(hashes: readonly string[], despite?: string): ReadonlyMap<string, string> {
    if (this.#place.isAlone()) return NOBODY
    // Joining anew moves the own segments: first read, then ask where they lie.
    const table = this.#place.read()
    return table?.holders(hashes, this.#place.offsets(), despite) ?? NOBODY
  }

  #drop(hashes: readonly string[]): void {
    for (const hash of hashes) {
      const held = this.#held.get(hash)
      if (held === undefined) continue
      this.#held.delete(hash)
      for (const { segment, at } of [held.claim, ...held.notes]) segment.clear(at)
      held.notes.clear()
    }
    this.#place.write()
  }
}

const NOBODY: ReadonlyMap<string, string> = new Map()

/** Runs `body`; should it fail, `undo` too, whose own failing says nothing new, and is made up for by the next write. */
function attempt<T>(body: () => T, undo: () => void): T {
  try {
    return body()
  } catch (error) {
    try {
      undo()
    } catch {}
    throw error
  }
}

/** 128 bits that name a key; the first four bytes are never all zero, as they are of a free slot. */
function hashOf(key: string): string {
  const digest = hash('sha256', key, 'binary')
  return digest.charCodeAt(0) === 0 ? `\x01${digest.slice(1, HASH_BYTES)}` : digest.slice(0, HASH_BYTES)
}
