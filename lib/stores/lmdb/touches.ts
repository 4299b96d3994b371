import type { Batch } from './batch.ts'
import { entryKey } from './database-key.ts'

/** So long a touch waits for a commit that it can share. */
const WAIT_MS = 5_000

interface Touch {
  readonly rank: number
  readonly usedAtMs: number
}

/** Touches of entries that wait for the next commit; what is lost of them is only how lately an entry was used. */
export class Touches {
  readonly #flush: () => void
  readonly #touches = new Map<string, Touch>()
  #timer: NodeJS.Timeout | undefined

  /** `flush` makes a commit of what waits: called some seconds later, or when the process ends. */
  constructor(flush: () => void) {
    this.#flush = flush
  }

  get isEmpty(): boolean {
    return this.#touches.size === 0
  }

  add(key: string, touch: Touch): void {
    this.#touches.set(key, touch)
    this.schedule()
  }

  schedule(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.#run(), WAIT_MS).unref()
    if (!isListening) process.once('exit', flushAll)
    isListening = true
    flushAtExit.add(this.#flush)
  }

  write(batch: Batch): void {
    for (const [key, { rank, usedAtMs }] of this.#touches) batch.touch(entryKey(key), rank, usedAtMs)
  }

  /** They are written, or not wanted any more. */
  forget(): void {
    this.#touches.clear()
    clearTimeout(this.#timer)
    this.#timer = undefined
    flushAtExit.delete(this.#flush)
  }

  #run(): void {
    this.#timer = undefined
    quietly(this.#flush)
  }
}

const flushAtExit = new Set<() => void>()
let isListening = false

function flushAll(): void {
  for (const flush of flushAtExit) quietly(flush)
}

function quietly(flush: () => void): void {
  try {
    flush()
  } catch {
    // Nobody waits for it; what cannot be written will be said by whoever writes next.
  }
}
