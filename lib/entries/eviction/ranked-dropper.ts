import type { Ranks, Store, StoreEntry, Usage } from '../../stores/store.ts'
import { decodeHead } from '../entry.ts'
import { MANIFEST_PREFIX, NOTE_PREFIX } from '../entry-key.ts'
import { mostManifestBytes, surplusManifests } from '../manifest/surplus.ts'
import { boundsOf } from './bounds.ts'
import { COST } from './cost.ts'
import { Dropped, isHeadKey, tracesOf } from './dropped.ts'
import { type Dropper, lowWater } from './dropper.ts'
import { MOST_NOTES, mostNotes, surplusNotes } from './note.ts'
import { rankOf } from './rank.ts'

/** One pass makes room for about a tenth of what the store may hold. */
const LOW_WATER = 0.9

/** Makes room in a store that keeps its entries in the order of their ranks: a pass costs what it drops. */
export class RankedDropper implements Dropper {
  readonly #store: Store
  readonly #ranks: Ranks
  #rankedBy = ''

  constructor(store: Store, ranks: Ranks) {
    this.#store = store
    this.#ranks = ranks
  }

  usage(): Usage {
    return this.#ranks.usage()
  }

  noteKept(): void {
    // The store counts by itself, and was told the rank.
  }

  makeRoom(need: Usage): void {
    const { maxBytes = Number.POSITIVE_INFINITY, maxEntries = Number.POSITIVE_INFINITY } = boundsOf(
      this.#store,
    )
    this.#rankAnew()
    this.#forgetManifests(mostManifestBytes(maxBytes))
    const nowMs = Date.now()
    const dropped = new Dropped()
    this.#ranks.makeRoom({
      bytes: lowWater(maxBytes, LOW_WATER, need.bytes),
      entries: lowWater(maxEntries, LOW_WATER, need.entries),
      nowMs,
      dropping: (key, bytes) => {
        const head = decodeHead(bytes, key)
        dropped.add(key, head)
        const { note, older } = tracesOf(key, head, nowMs)
        const changes = older.map(olderKey => ({ key: olderKey, bytes: undefined }))
        return note === undefined ? changes : [...changes, note]
      },
    })
    this.#forgetNotes(mostNotes(maxBytes))
    dropped.tell()
  }

  /** Another process may have ranked by another policy. */
  #rankAnew(): void {
    const { policy = COST } = boundsOf(this.#store)
    if (this.#rankedBy === policy.id) return
    this.#ranks.rankBy(policy.id, (bytes, { usedAtMs }, key) => {
      const head = decodeHead(bytes, key)
      if (head === undefined) return undefined
      const lastUsedMs = Math.max(head.createdAtMs, usedAtMs ?? 0)
      const place = { sizeBytes: head.valueBytes, lastUsedMs, isCurrent: isHeadKey(key) }
      return rankOf(policy, head, place, this.#ranks.floor)
    })
    this.#rankedBy = policy.id
  }

  #forgetNotes(most: number): void {
    // Their number is bounded anyway.
    if (most < MOST_NOTES) this.#remove(surplusNotes(this.#listed(NOTE_PREFIX), most))
  }

  #forgetManifests(mostBytes: number): void {
    if (Number.isFinite(mostBytes)) this.#remove(surplusManifests(this.#listed(MANIFEST_PREFIX), mostBytes))
  }

  #listed(prefix: string): Iterable<StoreEntry> {
    // A store with ranks answers at once.
    return this.#store.entries(prefix) as Iterable<StoreEntry>
  }

  #remove(keys: readonly string[]): void {
    if (keys.length === 0) return
    const changes = keys.map(key => ({ key, bytes: undefined }))
    this.#store.writeSync?.({ reads: [], plan: () => changes, durable: false })
  }
}
