import { setTimeout as sleep } from 'node:timers/promises'
import { isStopped } from '../files/owner.ts'
import type { Leases } from '../stores/store.ts'
import type { Found } from './look.ts'

/** A call that is not kept, and that somebody may be evaluating. */
export interface Wanted {
  readonly leases: Leases
  readonly id: string
  /** The evaluations, on the same store, inside which the call is made. */
  readonly inside: readonly string[]
  /** What is kept now; undefined where that is no hit. */
  look(): Found | undefined
  /** Told once whom it waits for. */
  onWait(holder: string): void
  readonly signal: AbortSignal | undefined
}

/** Evaluate, and let go of the lease afterwards; or take what somebody else has evaluated in the meantime. */
export type Turn = Mine | { readonly is: 'found'; readonly found: Found }

interface Mine {
  readonly is: 'mine'
  /** `soon`: together with others that end in the same turn, which costs less. */
  readonly release: (soon?: 'soon') => void
}

interface Behind {
  readonly is: 'behind'
  readonly holder: string
}

const FIRST_PAUSE_MS = 1
const LONGEST_PAUSE_MS = 50
/** A holder that was stopped (Ctrl-Z, a debugger) for so long is not waited for any longer. */
const LONGEST_STOP_MS = 3_000

/** Where nobody may be waited for, or no lease can be had: the call is evaluated by itself. */
export const ALONE: Mine = { is: 'mine', release: () => {} }

/** Takes the lease, without waiting. Having got it, looks again: somebody may have been done just before. */
export function tryLease(wanted: Wanted, despite?: string): Turn | Behind {
  const { leases, id } = wanted
  let holder: string | undefined
  try {
    holder = leases.take(id, despite)
  } catch {
    // No disk to put it on, say. Then what is kept cannot be written either, and that is what is reported.
    return ALONE
  }
  let found: Found | undefined
  try {
    found = wanted.look()
  } catch (error) {
    // What the user's validIf throws, say.
    if (holder === undefined) letGo(wanted)
    throw error
  }
  if (holder !== undefined) return found === undefined ? { is: 'behind', holder } : { is: 'found', found }
  if (found === undefined)
    return { is: 'mine', release: soon => (soon === undefined ? letGo(wanted) : letGoSoon(wanted)) }
  letGo(wanted)
  return { is: 'found', found }
}

/** Waits for the turn of a call that lies behind `holder`. Where all wait for each other, it is this one's turn. */
export async function waitForLease(wanted: Wanted, holder: string): Promise<Turn> {
  const { leases, id, inside, signal } = wanted
  const queue = new Queue(wanted, holder)
  const wait = noteWaiting(leases, inside, id)
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (wait.mustNotBe()) return ALONE
      // What ends the wait is looked at above.
      await sleep(queue.nextPauseMs(), undefined, signal && { signal }).catch(() => {})
      const turn = queue.tryAgain()
      if (turn !== undefined) return turn
    }
  } finally {
    wait.end()
  }
}

/** A wait inside evaluations, of which others know. */
interface Wait {
  /** It would never end, or nobody can tell: those who are waited for may be waiting for one of the evaluations. */
  mustNotBe(): boolean
  end(): void
}

/** Lets others know that all of `inside` wait for `id`, until that ends. */
export function noteWaiting(leases: Leases | undefined, inside: readonly string[], id: string): Wait {
  const notes: (() => void)[] = []
  let isKnown = true
  try {
    if (leases !== undefined) for (const held of inside) notes.push(leases.noteWaiting(held, id))
  } catch {
    // As where no lease can be had.
    isKnown = false
  }
  return {
    mustNotBe: () => !isKnown || (notes.length > 0 && isCircle(leases, inside, id)),
    end: () => {
      for (const takeBack of notes) quietly(takeBack)
    },
  }
}

function isCircle(leases: Leases | undefined, inside: readonly string[], id: string): boolean {
  try {
    return leases?.wouldDeadlock(inside, id) === true
  } catch {
    return true
  }
}

/**
 * The same for a synchronous call: blocks the thread. Never behind its own process, which could not go on, and never
 * while this thread holds a lease that others may wait for.
 */
export function blockForLease(wanted: Wanted, holder: string): Turn {
  const mayNot = (ahead: string) => wanted.leases.holdsAny || ahead.startsWith(`${process.pid}.`)
  if (mayNot(holder)) return ALONE
  const queue = new Queue(wanted, holder)
  for (;;) {
    if (mayNot(queue.holder)) return ALONE
    Atomics.wait(SLEEPER, 0, 0, queue.nextPauseMs())
    const turn = queue.tryAgain()
    if (turn !== undefined) return turn
  }
}

const SLEEPER = new Int32Array(new SharedArrayBuffer(4))

function letGo({ leases, id }: Wanted): void {
  letGoOf(leases, [id])
}

const leaving = new Map<Leases, string[]>()

function letGoSoon({ leases, id }: Wanted): void {
  const others = leaving.get(leases)
  if (others !== undefined) {
    others.push(id)
    return
  }
  const ids = [id]
  leaving.set(leases, ids)
  queueMicrotask(() => {
    leaving.delete(leases)
    letGoOf(leases, ids)
  })
}

function letGoOf(leases: Leases, ids: readonly string[]): void {
  quietly(() => leases.releaseAll(ids))
}

/** What could not be taken back ends with the thread; the result that it was for is there. */
function quietly(body: () => void): void {
  try {
    body()
  } catch {}
}

/** Too many open files, say: then it is waited for. */
function isSeenStopped(holder: string): boolean {
  try {
    return isStopped(holder)
  } catch {
    return false
  }
}

class Queue {
  holder: string
  readonly #wanted: Wanted
  #pauseMs = FIRST_PAUSE_MS / 2
  #stoppedSinceMs: number | undefined

  constructor(wanted: Wanted, holder: string) {
    this.#wanted = wanted
    this.holder = holder
    wanted.onWait(holder)
  }

  nextPauseMs(): number {
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
    // Of different length for each: two that took the lease at the same time both stepped back.
    return this.#pauseMs * (0.5 + Math.random() / 2)
  }

  tryAgain(): Turn | undefined {
    const turn = tryLease(this.#wanted, this.#hasStopped() ? this.holder : undefined)
    if (turn.is !== 'behind') return turn
    if (turn.holder !== this.holder) this.#stoppedSinceMs = undefined
    this.holder = turn.holder
    return undefined
  }

  #hasStopped(): boolean {
    if (!isSeenStopped(this.holder)) this.#stoppedSinceMs = undefined
    else this.#stoppedSinceMs ??= performance.now()
    return this.#stoppedSinceMs !== undefined && performance.now() - this.#stoppedSinceMs > LONGEST_STOP_MS
  }
}
