import { isPromiseLike } from '../base/maybe-promise.ts'
import { onceFor } from '../base/once-for.ts'
import { addStatsRequest, decodeStats, statsKeyOf } from '../entries/kept-stats.ts'
import { degrade } from '../events/degrade.ts'
import type { CacheEventMap, CacheEventType } from '../events/events.ts'
import { addStats, type CallStats, StatsFold } from '../events/stats.ts'
import { renderLoss, Worth } from '../events/worth.ts'
import type { Store } from '../stores/store.ts'
import { writeLater, writeOverdue } from './late-writes.ts'

/** What happened in a call, as an event tells it; `mayWrite`: its function may. */
interface Happening {
  readonly type: CacheEventType
  readonly fields: object
  readonly mayWrite: boolean
}

const talliesOf = onceFor((_: Store) => new Map<string, Tally>())

/** What the calls of the functions of that name on `store` come to: one for all of this process. */
export function tallyOf(store: Store, name: string): Tally {
  const tallies = talliesOf(store)
  let tally = tallies.get(name)
  if (tally === undefined) {
    tally = new Tally(store, name)
    tallies.set(name, tally)
  }
  return tally
}

/**
 * Counts calls, and adds what it counted to what the store keeps: some seconds later, when the store is closed, or when
 * the process ends. What a killed process had not written is lost; so is what cannot be written. Made by `tallyOf`.
 */
export class Tally {
  readonly store: Store
  readonly #name: string
  readonly #key: string
  readonly #unwritten = new StatsFold()
  /** Of calls that may not write. */
  readonly #withheld = new StatsFold()
  readonly #worth = new Worth()
  #writing: PromiseLike<void> | undefined

  constructor(store: Store, name: string) {
    this.store = store
    this.#name = name
    this.#key = statsKeyOf(name)
  }

  add({ type, fields, mayWrite }: Happening): void {
    if (type === 'hit') this.#judge(fields as CacheEventMap['hit'])
    if (!mayWrite || !this.store.traits.persistent) this.#withheld.add(type, fields)
    else {
      this.#unwritten.add(type, fields)
      writeLater(this)
      // A loop that never lets a timer run has just waited for a write: it will hardly notice another one.
      if (type === 'kept') writeOverdue()
    }
  }

  /** What is kept, and what is not written yet. Rejects where the store cannot be read. */
  async sum(): Promise<CallStats> {
    await this.#writing
    const kept = this.store.get(this.#key)
    // At the same moment: what is written later is in neither, or in both.
    const here = addStats(this.#unwritten.sum, this.#withheld.sum)
    const before = decodeStats(await kept, this.#key)
    return before === undefined ? here : addStats(before, here)
  }

  /** Writes what there is. What fails is tried again with the next call: it is not worth a warning. */
  write(): PromiseLike<void> | undefined {
    const more = this.#unwritten.take()
    const failed = () => this.#unwritten.putBack(more)
    const request = addStatsRequest(this.#key, more)
    try {
      const writing =
        this.store.writeSync === undefined ? this.store.write(request) : this.store.writeSync(request)
      if (isPromiseLike(writing)) this.#writing = writing.then(undefined, failed)
    } catch {
      failed()
    }
    return this.#writing
  }

  #judge({ savedMs, overheadMs, joined }: CacheEventMap['hit']): void {
    const loss = joined ? undefined : this.#worth.add(savedMs, overheadMs)
    if (loss !== undefined) degrade(`worth ${this.#name}`, renderLoss(this.#name, loss))
  }
}
