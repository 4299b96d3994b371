import { chain, type MaybePromise } from '../../base/maybe-promise.ts'
import type { Change, Store, StoreEntry, Usage, WriteRequest } from '../../stores/store.ts'
import { decodeHead, type Entry, type LyingHead } from '../entry.ts'
import { CALL_KEY_PREFIX, isOfEntries, NOTE_PREFIX } from '../entry-key.ts'
import { isManifestKey } from '../manifest/manifest-key.ts'
import { mostManifestBytes, surplusManifests } from '../manifest/surplus.ts'
import { boundsOf } from './bounds.ts'
import { COST } from './cost.ts'
import { Dropped, isHeadKey, tracesOf } from './dropped.ts'
import { type Dropper, lowWater } from './dropper.ts'
import { mostNotes, surplusNotes } from './note.ts'
import { rankOf } from './rank.ts'
import { type Uses, usesOf } from './uses.ts'

/** Below that of a store with ranks: each pass reads the whole store, and rewrites a file. */
const LOW_WATER = 0.75
/** Where others write too, what is known grows old with what this process writes: after this part of a bound, it looks again. */
const LOOK_AGAIN = 0.1
/** What lies around an entry in a file. */
const RECORD_BYTES = 64

/** Makes room in a store that only lists what it has: a pass costs one listing, and one write. */
export class ListedDropper implements Dropper {
  readonly #store: Store
  readonly #uses: Uses
  #known: Usage = { bytes: Number.POSITIVE_INFINITY, entries: Number.POSITIVE_INFINITY }
  #since: Usage = { bytes: 0, entries: 0 }

  constructor(store: Store) {
    this.#store = store
    this.#uses = usesOf(store)
  }

  usage(): Usage {
    return { bytes: this.#store.sizeBytes?.() ?? this.#known.bytes, entries: this.#known.entries }
  }

  noteKept(storeKey: string, entry: Entry, bytes: number): void {
    this.#uses.noteKept(storeKey, entry, Date.now())
    this.#known = added(this.#known, { bytes, entries: 1 })
    this.#since = added(this.#since, { bytes, entries: 1 })
    const { maxBytes = 0, maxEntries = 0 } = boundsOf(this.#store)
    const mayBeWrong =
      this.#store.traits.multiProcess &&
      ((maxBytes > 0 && this.#since.bytes > maxBytes * LOOK_AGAIN) ||
        (maxEntries > 0 && this.#since.entries > maxEntries * LOOK_AGAIN))
    if (mayBeWrong) this.#know({ bytes: Number.POSITIVE_INFINITY, entries: Number.POSITIVE_INFINITY })
  }

  makeRoom(need: Usage): MaybePromise<void> {
    const { maxBytes = Number.POSITIVE_INFINITY, maxEntries = Number.POSITIVE_INFINITY } = boundsOf(
      this.#store,
    )
    const before = this.usage()
    const target = {
      bytes: lowWater(maxBytes, LOW_WATER, need.bytes),
      entries: lowWater(maxEntries, LOW_WATER, need.entries),
    }
    const isKnownFull = Number.isFinite(before.bytes) && before.bytes + need.bytes > maxBytes
    // Where nothing was known, this may be no more than a look.
    const bound = {
      bytes: isKnownFull ? target.bytes : maxBytes - need.bytes,
      entries: maxEntries - need.entries,
    }
    const dropped = new Dropped()
    let left: Usage = { bytes: 0, entries: 0 }
    let gone: readonly string[] = []
    const request: WriteRequest = {
      reads: [],
      durable: false,
      // Deleted bytes lie in a journal until it is folded in.
      settle: isKnownFull && this.#store.path !== undefined,
      plan: (_, entries) => {
        dropped.clear()
        const limits = { bound, target, maxBytes }
        const pass = this.#choose(entries(), limits, dropped)
        left = pass.left
        gone = pass.gone
        return pass.changes
      },
    }
    const write = this.#store.writeSync?.bind(this.#store) ?? this.#store.write.bind(this.#store)
    return chain(write(request) as MaybePromise<void>, () => {
      this.#know(left)
      for (const key of gone) this.#uses.forget(key)
      dropped.tell()
    })
  }

  /** What goes: nothing where all is within `bound`, else down to `target`. */
  #choose(
    listed: Iterable<StoreEntry>,
    limits: { readonly bound: Usage; readonly target: Usage; readonly maxBytes: number },
    dropped: Dropped,
  ): Pass {
    const nowMs = Date.now()
    const { rows, notes, manifests, bytes, entries } = this.#survey(listed, nowMs)
    const surplus = new Set(surplusManifests(manifests, mostManifestBytes(limits.maxBytes)))
    const changes: Change[] = [...surplus].map(key => ({ key, bytes: undefined }))
    let left = { bytes: bytes - bytesOf(manifests.filter(([key]) => surplus.has(key))), entries }
    const gone = new Set<string>()
    const newNotes: Change[] = []
    if (exceeds(left, limits.bound)) {
      const byKey = new Map(rows.map(row => [row.key, row]))
      const drop = (row: Row): void => {
        if (gone.has(row.key)) return
        gone.add(row.key)
        changes.push({ key: row.key, bytes: undefined })
        left = { bytes: left.bytes - row.bytes, entries: left.entries - 1 }
        if (row.rank >= 0) this.#uses.raiseFloor(row.rank)
        dropped.add(row.key, row.head)
        const { note, older } = tracesOf(row.key, row.head, nowMs)
        if (note !== undefined) newNotes.push(note)
        for (const key of older) {
          const olderRow = byKey.get(key)
          if (olderRow !== undefined) drop(olderRow)
        }
      }
      for (const row of rows.sort((a, b) => a.rank - b.rank)) {
        if (!exceeds(left, limits.target)) break
        drop(row)
      }
    }
    const most = mostNotes(limits.maxBytes)
    const kept = newNotes.slice(-most)
    const surplusOfNotes = surplusNotes(notes, most - kept.length)
    changes.push(...surplusOfNotes.map(key => ({ key, bytes: undefined })), ...kept)
    return { changes, left, gone: [...gone] }
  }

  #survey(listed: Iterable<StoreEntry>, nowMs: number): Survey {
    const { policy = COST } = boundsOf(this.#store)
    const rows: Row[] = []
    const notes: StoreEntry[] = []
    const manifests: StoreEntry[] = []
    let bytes = 0
    for (const [key, frame] of listed) {
      const rowBytes = bytesOf([[key, frame]])
      bytes += rowBytes
      if (key.startsWith(NOTE_PREFIX)) notes.push([key, frame])
      else if (isManifestKey(key)) manifests.push([key, frame])
      if (!isOfEntries(key)) continue
      const head = decodeHead(frame, key)
      const rank = this.#rank(key, head, { policy, nowMs })
      if (rank !== undefined) rows.push({ key, bytes: rowBytes, rank, head })
    }
    return { rows, notes, manifests, bytes, entries: rows.length }
  }

  #rank(
    key: string,
    head: LyingHead | undefined,
    {
      policy,
      nowMs,
    }: { readonly policy: NonNullable<ReturnType<typeof boundsOf>['policy']>; readonly nowMs: number },
  ): number | undefined {
    // A damaged entry under a user's key may be what a block set: whoever asks for it is told.
    if (head === undefined) return key.startsWith(CALL_KEY_PREFIX) ? Number.NEGATIVE_INFINITY : undefined
    const place = { sizeBytes: head.valueBytes, lastUsedMs: head.createdAtMs, isCurrent: isHeadKey(key) }
    const rank = rankOf(policy, head, place, 0)
    if (rank === undefined || rank < 0) return rank
    if (head.expiresAtMs !== undefined && head.expiresAtMs <= nowMs) return Number.NEGATIVE_INFINITY
    return this.#uses.get(key)?.rank ?? rank
  }

  #know(usage: Usage): void {
    this.#known = usage
    this.#since = { bytes: 0, entries: 0 }
  }
}

interface Row {
  readonly key: string
  readonly bytes: number
  readonly rank: number
  readonly head: LyingHead | undefined
}

interface Survey extends Usage {
  readonly rows: Row[]
  readonly notes: readonly StoreEntry[]
  readonly manifests: readonly StoreEntry[]
}

interface Pass {
  readonly changes: readonly Change[]
  readonly left: Usage
  readonly gone: readonly string[]
}

function added(a: Usage, b: Usage): Usage {
  return { bytes: a.bytes + b.bytes, entries: a.entries + b.entries }
}

function exceeds(usage: Usage, bound: Usage): boolean {
  return usage.bytes > bound.bytes || usage.entries > bound.entries
}

function bytesOf(rows: readonly StoreEntry[]): number {
  return rows.reduce((sum, [key, frame]) => sum + key.length + frame.byteLength + RECORD_BYTES, 0)
}
