import { attempt, type MaybePromise } from '../../base/maybe-promise.ts'
import type { Usage } from '../../stores/store.ts'

/** How much of a bound may be on its way into the store at once, where it is more than one write. */
const MOST_IN_FLIGHT = 1 / 8

/** What is on its way into one store: nobody sees it there yet, and it needs room all the same. */
export class InFlight {
  #bytes = 0
  #writes = 0
  #last: Promise<void> | undefined
  /** Of the one who waits at the front. */
  #wake: (() => void) | undefined

  get usage(): Usage {
    return { bytes: this.#bytes, entries: this.#writes }
  }

  /** Counts `bytes` while `write` runs. */
  now<T>(bytes: number, write: () => MaybePromise<T>): MaybePromise<T> {
    this.#bytes += bytes
    this.#writes += 1
    const end = (): void => {
      this.#bytes -= bytes
      this.#writes -= 1
      this.#wake?.()
    }
    return attempt(
      write,
      result => {
        end()
        return result
      },
      error => {
        end()
        throw error
      },
    )
  }

  /** The same when there is not too much on its way for `bounds`; in the order of the calls. */
  inTurn<T>(bytes: number, bounds: Usage, write: () => MaybePromise<T>): MaybePromise<T> {
    if (this.#last === undefined && this.#mayStart(bytes, bounds)) return this.now(bytes, write)
    return this.#wait(bytes, bounds, write)
  }

  async #wait<T>(bytes: number, bounds: Usage, write: () => MaybePromise<T>): Promise<T> {
    const before = this.#last
    let leave: () => void = () => {}
    const mine = new Promise<void>(resolve => {
      leave = resolve
    })
    this.#last = mine
    await before
    while (!this.#mayStart(bytes, bounds)) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
    try {
      // Counted at once, and not awaited here: the next one in the queue need not wait for its end.
      return this.now(bytes, write)
    } finally {
      if (this.#last === mine) this.#last = undefined
      leave()
    }
  }

  #mayStart(bytes: number, bounds: Usage): boolean {
    if (this.#writes === 0) return true
    const isSmall = this.#bytes + bytes <= bounds.bytes * MOST_IN_FLIGHT
    return isSmall && this.#writes + 1 <= bounds.entries * MOST_IN_FLIGHT
  }
}
