import { type Channel, channel } from 'node:diagnostics_channel'
import type { Reason } from '../base/reason.ts'

/** What an event is about: a function by its name ('' for one without), or a dictionary; a call by its key. */
interface About {
  readonly name: string
  /** The call key, as `keyOf` gives it; undefined where the call has none. */
  readonly key: string | undefined
}

export interface CacheEventMap {
  /** A result was recalled. `savedMs`: what evaluating it took; `joined`: it was being evaluated already. */
  readonly hit: About & { readonly savedMs: number; readonly overheadMs: number; readonly joined: boolean }
  readonly miss: About & { readonly because: Reason }
  /** The user's function ran. `failed`: it threw or rejected. */
  readonly evaluated: About & { readonly costMs: number; readonly failed: boolean }
  /** A result was written; it is durable now. `overheadMs`: what the cache itself took, reading included. */
  readonly kept: About & { readonly sizeBytes: number; readonly overheadMs: number }
  /** An entry was removed to make room. */
  readonly evicted: About & { readonly sizeBytes: number }
  /** An entry failed its checksum; it counts as a miss. */
  readonly damaged: About
  /** Something could not be done, and the program went on without it. The same text is a warning. */
  readonly degraded: { readonly message: string; readonly error: unknown }
  /**
   * A call waits for another process that evaluates the same one; or a block (without `name` and `key`) for another block
   * that asked for exclusive access. `holder` begins with that one's process id.
   */
  readonly waiting: Partial<About> & { readonly path: string; readonly holder: string }
}

export type CacheEventType = keyof CacheEventMap
type Listener<T extends CacheEventType> = (event: CacheEventMap[T]) => void

export interface CacheEvents {
  /** Calls `listener` at each event of that type, synchronously. Returns how to end that. */
  on<T extends CacheEventType>(type: T, listener: Listener<T>): () => void
  off<T extends CacheEventType>(type: T, listener: Listener<T>): void
}

const TYPES = ['hit', 'miss', 'evaluated', 'kept', 'evicted', 'damaged', 'degraded', 'waiting'] as const
const listeners = new Map<CacheEventType, Set<Listener<never>>>(TYPES.map(type => [type, new Set()]))
const channels = new Map<CacheEventType, Channel>(TYPES.map(type => [type, channel(`cachedict:${type}`)]))

/** What happens in the caches of this process; also on the `node:diagnostics_channel`s `cachedict:hit`, and so on. */
export const events: CacheEvents = Object.freeze({
  on<T extends CacheEventType>(type: T, listener: Listener<T>): () => void {
    listenersOf(type).add(listener)
    return () => events.off(type, listener)
  },
  off<T extends CacheEventType>(type: T, listener: Listener<T>): void {
    listenersOf(type).delete(listener)
  },
})

/** Whether anybody listens: events on the path of a hit are made only then. */
export function isHeard(type: CacheEventType): boolean {
  return listenersOf(type).size > 0 || channels.get(type)?.hasSubscribers === true
}

/** Tells every listener. One that throws harms neither the others nor the user's call: its error becomes a warning. */
export function emit<T extends CacheEventType>(type: T, event: CacheEventMap[T]): void {
  for (const listener of [...listenersOf(type)]) {
    try {
      ;(listener as Listener<T>)(event)
    } catch (error) {
      process.emitWarning(
        `A listener for cachedict's "${type}" events threw: ${String(error)}`,
        'CacheWarning',
      )
    }
  }
  const subscribed = channels.get(type)
  if (subscribed?.hasSubscribers) subscribed.publish(event)
}

function listenersOf(type: CacheEventType): Set<Listener<never>> {
  const known = listeners.get(type)
  if (known === undefined) {
    throw new TypeError(`There are no "${String(type)}" events. There are: ${TYPES.join(', ')}.`)
  }
  return known
}
