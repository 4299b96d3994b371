import type { AnyFunction } from '../base/any-function.ts'
import type { CallStats } from '../events/stats.ts'
import type { EntryInfo } from './entry-info.ts'
import type { NoCache } from './no-cache.ts'
import type { DecorateOptions } from './options.ts'
import type { Explanation } from './why/explanation.ts'

type Result<F extends AnyFunction> = Awaited<ReturnType<F>>

/** What the calls of all functions of one name on one store came to, in all processes, and what is kept of them. */
export interface FunctionStats extends CallStats {
  readonly entries: number
  readonly sizeBytes: number
}

/**
 * What every cached function can do besides being called. For a method, call these with its object:
 * `area.has.call(shape, 3)`.
 */
export interface CacheMembers<F extends AnyFunction> {
  /** The function that was wrapped. */
  readonly original: F
  /** The call key: 64 hexadecimal digits. Rejects with ERR_CACHE_UNKEYABLE. */
  keyOf(...args: Parameters<F>): Promise<string>
  /** Whether this call would hit. */
  has(...args: Parameters<F>): Promise<boolean>
  /** The kept value, or NoCache; never evaluates. */
  peek(...args: Parameters<F>): Promise<Result<F> | typeof NoCache>
  /** Whether this call would hit, or why not: the verdict of a call, as data and as text. */
  why(...args: Parameters<F>): Promise<Explanation>
  /** Evaluates, and replaces what is kept. */
  refresh(...args: Parameters<F>): Promise<Result<F>>
  /** Removes what is kept for this call; whether there was anything. */
  forget(...args: Parameters<F>): Promise<boolean>
  /** Removes everything that was kept there under the name of this function, by whatever script; how many entries there were. */
  clear(): Promise<number>
  /** Everything that was kept there under the name of this function: also errors, expired entries and those of older code. */
  entries(): AsyncIterable<EntryInfo>
  /** What was kept for this call, oldest first; with `history: 'append'`, every expired value too. */
  history(...args: Parameters<F>): Promise<readonly EntryInfo[]>
  stats(): Promise<FunctionStats>
  /** The same function with some options replaced. */
  with(overrides: Partial<DecorateOptions<F>>): CachedFunction<F>
}

/** A function that recalls its results: it is called as before, and gives what it gave before. */
export type CachedFunction<F extends AnyFunction> = F & CacheMembers<F>
