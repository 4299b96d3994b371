import type { LRUCache } from 'lru-cache'
import { equalBytes } from '../base/bytes.ts'
import { loadPackage } from '../base/load-package.ts'
import { chain, type MaybePromise } from '../base/maybe-promise.ts'
import { onceFor } from '../base/once-for.ts'
import { defaultCodec, isTree } from '../codec/codec.ts'
import { judgeMadeOf, type Surroundings } from '../entries/dependencies.ts'
import type { Entry } from '../entries/entry.ts'
import { find, type Read } from '../entries/find.ts'
import { type Asked, judge, type Verdict } from '../entries/verdict.ts'
import type { Store } from '../stores/store.ts'
import { freshnessOf } from './freshness.ts'

/** What all functions of this process remember together, and the largest that is remembered at all. */
const MEMORY_BYTES = 64 << 20
const LARGEST_FRAME_BYTES = 8 << 20
/** So many hits of a process come from the store: loading what remembers takes longer than they do. */
const HITS_BEFORE = 100
/** What remembering takes besides the frame and the key: a guess, so that a million small results are bounded too. */
const RECORD_BYTES = 512

/** A call: `memoryKey` names it among all of its store. `storeKey` is told it where it is known: making it costs more. */
interface Sought {
  readonly memoryKey: string
  storeKey: string
}

/** The last written entry of a key, as it lay in the store when that had this stamp. */
interface Remembered {
  readonly storeKey: string
  readonly frame: Uint8Array
  readonly entry: Entry
  stamp: unknown
}

/** What was found in one store a moment ago: a part of the one memory of this process. */
export interface MemoryTier {
  /**
   * As `find`, from memory where the store cannot hold anything else by now: what this process wrote is seen at once, what
   * others wrote within 20 ms. The entry is the caller's own.
   */
  find(read: Read, sought: Sought, asked: Asked, around: Surroundings): MaybePromise<Verdict>
}

let tiers = 0

/** The memory in front of `store`; undefined where it cannot tell by a stamp what is still true. */
export function memoryTier(store: Store): MemoryTier | undefined {
  if (store.stamp === undefined || !store.traits.sync) return undefined
  return tierOf(store)
}

const tierOf = onceFor(makeTier)

function makeTier(store: Store): MemoryTier {
  const prefix = `${tiers++} `
  const stampNow = freshnessOf(store)
  /** What lies there after the store has changed may still be the same. */
  const isStill = (item: Remembered): boolean => {
    const stamp = stampNow()
    if (item.stamp === stamp) return true
    // The store answers at once: see above.
    const frame = store.get(item.storeKey) as Uint8Array | undefined
    if (frame === undefined || !equalBytes(frame, item.frame)) return false
    item.stamp = stamp
    return true
  }
  return {
    find(read, sought, asked, around) {
      const key = prefix + sought.memoryKey
      const item = memory?.get(key)
      if (item !== undefined) {
        if (isStill(item)) {
          const verdict = judgeMadeOf(judge(item.entry, asked), around)
          // Whatever else may lie there, the last written entry goes first.
          if (verdict.hit) {
            sought.storeKey = item.storeKey
            return { hit: true, entry: ownOf(item.entry) }
          }
        } else memory?.delete(key)
      }
      const { storeKey } = sought
      // Before it is read: what is written in between must count as newer.
      const stamp = stampNow()
      const frames: (Uint8Array | undefined)[] = []
      const noting: Read = lookedAt =>
        chain(read(lookedAt), frame => {
          frames.push(frame)
          return frame
        })
      return chain(find(noting, storeKey, asked, around), verdict => {
        const [frame, ...others] = frames
        // An earlier version that serves now is not what another code would find.
        const isLastWritten = verdict.hit && frame !== undefined && others.length === 0
        if (isLastWritten) remember(key, { storeKey, stamp, frame, entry: verdict.entry })
        return verdict
      })
    },
  }
}

let memory: LRUCache<string, Remembered> | undefined
let hits = 0

/** Remembers a copy: a value that was decoded may keep a view onto its bytes, and a frame one onto a whole file. */
function remember(key: string, { frame, entry, ...found }: Remembered): void {
  hits += 1
  const size = frame.byteLength + key.length + RECORD_BYTES
  if (hits <= HITS_BEFORE || size > LARGEST_FRAME_BYTES) return
  const copy = new Uint8Array(frame)
  const value = copy.subarray(copy.byteLength - entry.value.byteLength)
  openMemory().set(key, { ...found, frame: copy, entry: { ...entry, value } }, { size })
}

function openMemory(): LRUCache<string, Remembered> {
  if (memory === undefined) {
    const { LRUCache } = loadPackage('lru-cache') as typeof import('lru-cache')
    memory = new LRUCache({ maxSize: MEMORY_BYTES })
  }
  return memory
}

function ownOf(entry: Entry): Entry {
  // A tree holds nothing that could be a view.
  const isSafe = entry.codecId === defaultCodec.id && isTree(entry.value)
  return isSafe ? entry : { ...entry, value: new Uint8Array(entry.value) }
}
