/** What the hits of a function came to that cost more than they saved. */
export interface Loss {
  readonly hits: number
  readonly savedMs: number
  readonly overheadMs: number
}

/** Fewer hits, or less time, may be chance: the first calls of a program are slow, and a machine has its moments. */
const FEWEST_HITS = 1_000
const LEAST_MS = 100
/** What hits cost is `LOSING` times what they save, of most of them and of all together. */
const LOSING = 2

/** Watches whether recalling is cheaper than evaluating: of hits alone, for a first run has only misses. */
export class Worth {
  #hits = 0
  #losing = 0
  #savedMs = 0
  #overheadMs = 0
  #isTold = false

  /** Counts a hit; gives the sum once, at the first hit at which it is beyond doubt. */
  add(savedMs: number, overheadMs: number): Loss | undefined {
    this.#hits += 1
    this.#savedMs += savedMs
    this.#overheadMs += overheadMs
    if (overheadMs > LOSING * savedMs) this.#losing += 1
    if (this.#isTold || this.#hits < FEWEST_HITS || this.#overheadMs < LEAST_MS) return undefined
    if (this.#overheadMs <= LOSING * this.#savedMs || this.#losing * 2 <= this.#hits) return undefined
    this.#isTold = true
    return { hits: this.#hits, savedMs: this.#savedMs, overheadMs: this.#overheadMs }
  }
}

export function renderLoss(name: string, { hits, savedMs, overheadMs }: Loss): string {
  return (
    `Caching ${name || 'a function'} costs more than it saves: ${hits.toLocaleString('en')} hits saved ` +
    `${renderMs(savedMs)} ms, and caching took ${renderMs(overheadMs)} ms. Decorate a function that takes longer, or cache larger steps.`
  )
}

function renderMs(ms: number): string {
  return ms.toLocaleString('en', { maximumFractionDigits: ms < 10 ? 1 : 0 })
}
