import { BlockJournal } from '../entries/block-journal.ts'
import { commitRequest } from '../entries/commit.ts'
import { type Entry, encodeEntry, holdsValue, mayHoldValue } from '../entries/entry.ts'
import { USER_KEY_PREFIX } from '../entries/entry-key.ts'
import type { View } from '../entries/use.ts'
import { degrade } from '../events/degrade.ts'
import type { Change, Snapshot, Store } from '../stores/store.ts'
import { textOf } from './call.ts'

export interface BlockOptions {
  /** What is kept already is shown. */
  readonly reads: boolean
  /** Changes are committed, and until then journaled. */
  readonly writes: boolean
  /** What a block changed before it threw, or was killed, is dropped. */
  readonly discards: boolean
}

/** The frame that was set under each key, or undefined for a deletion. */
type Changes = ReadonlyMap<string, Uint8Array | undefined>

/**
 * What one block sees and does: the store as it was when the block began, and over it the block's own changes, in order,
 * which a journal keeps safe until they are committed all together. Works on store keys and frames; knows no values.
 */
export class Block implements View {
  readonly #store: Store
  readonly #options: BlockOptions
  #snapshot: Snapshot | undefined
  #journal: BlockJournal | undefined
  #journalFailed = false
  /** What the block changed: the frame it set, or undefined for a deletion. */
  #changes = new Map<string, Uint8Array | undefined>()
  /** When it changed them last, by `performance.now()`. */
  readonly #changedMs = new Map<string, number>()
  /** What was deleted at some time: a key that is set again afterwards goes last. */
  #deleted = new Set<string>()
  /** Results that were computed in the block and may not be written: they live here only. */
  #unwritten = new Map<string, Uint8Array>()
  /** Keys under which `evaluate` found or put a result: what the store holds there now is shown. */
  #evaluated = new Set<string>()
  /** Keys that the block set or evaluated, in the order of a Map. */
  #touched = new Set<string>()
  #wroteFacts = false
  /** Every key that the block shows, in the order of a Map; made when first asked for. */
  #keys: Set<string> | undefined

  constructor(store: Store, snapshot: Snapshot | undefined, options: BlockOptions) {
    this.#store = store
    this.#snapshot = snapshot
    this.#options = options
    this.#journal = this.#newJournal()
  }

  /** The frame under `key`, the caller's own. */
  get(key: string): Uint8Array | undefined {
    const own = this.own(key)
    if (own !== undefined) return own === 'deleted' ? undefined : new Uint8Array(own)
    return this.#evaluated.has(key) ? this.#stored(key) : this.#snapshot?.get(key)
  }

  /** The same over the store as it is now. */
  latest(key: string): Uint8Array | undefined {
    const own = this.own(key)
    if (own === undefined) return this.#stored(key)
    return own === 'deleted' ? undefined : new Uint8Array(own)
  }

  /** The frame that the block put there and the store has not, or `deleted`; undefined where the store decides. */
  own(key: string): Uint8Array | 'deleted' | undefined {
    if (this.#changes.has(key)) return this.#changes.get(key) ?? 'deleted'
    return this.#unwritten.get(key)
  }

  has(key: string): boolean {
    const frame = this.get(key)
    return frame !== undefined && holdsValue(frame, key)
  }

  /** The keys with an undamaged value, in the order in which they were first set. Live, as a Map's. */
  keys(): ReadonlySet<string> {
    this.#keys ??= this.#listKeys()
    return this.#keys
  }

  /** The same with their frames, those from the snapshot perhaps without their values. */
  *list(): IterableIterator<readonly [key: string, frame: Uint8Array]> {
    const kept = new Map<string, Uint8Array>()
    for (const [key, frame] of this.#snapshot?.entries(USER_KEY_PREFIX) ?? []) kept.set(key, frame)
    for (const key of [...this.keys()]) {
      const isKept = this.own(key) === undefined && !this.#evaluated.has(key)
      const frame = isKept ? kept.get(key) : this.get(key)
      if (frame !== undefined) yield [key, frame]
    }
  }

  set(key: string, entry: Entry): void {
    this.#record(key, encodeEntry(entry, key))
  }

  delete(key: string): boolean {
    if (!this.has(key)) return false
    this.#record(key, undefined)
    return true
  }

  /** Shows the result that `evaluate` found in the store. */
  noteFound(key: string): void {
    if (this.#evaluated.has(key) || this.own(key) !== undefined) return
    this.#evaluated.add(key)
    this.#show(key)
  }

  /**
   * Shows a result that `evaluate` computed, before it is written to the store, or instead. One under a key that the
   * block changed is a change of the block too, so that its commit does not undo it; unless that was after its evaluation
   * began: then the change stays.
   */
  noteComputed(
    key: string,
    frame: Uint8Array,
    { written, startedMs }: { readonly written: boolean; readonly startedMs: number },
  ): void {
    const isOutdated = (this.#changedMs.get(key) ?? 0) > startedMs
    if (!isOutdated) this.#showComputed(key, frame, written)
    if (!written) return
    this.#wroteFacts = true
    // What the block did before is not lost where the fact after it survives.
    this.#journaled(journal => journal.sync())
  }

  /**
   * Commits the changes, and whatever else waits in the store's journal; resolves to what was committed, for `restart`.
   * `always`: also where the block did nothing itself.
   * Throws ERR_CACHE_WRITE; then nothing was. Not to be called again before it is done.
   */
  async commit({ always } = { always: false }): Promise<Changes> {
    const changes = new Map(this.#options.writes ? this.#changes : [])
    // Where nothing was done, nothing is touched: the folder may be read-only.
    const nothing = changes.size === 0 && !this.#wroteFacts && !always
    if (nothing || !this.#options.writes) return changes
    const journal = this.#journal
    const path = this.#store.path
    const noted = changes.size > 0 && journal !== undefined && path !== undefined
    const mark = noted ? { id: journal.id, storePath: path } : undefined
    const request = commitRequest(this.#ordered(), mark)
    // What is changed while this is written belongs to the next commit.
    this.#journal = this.#newJournal()
    try {
      await this.#store.write(request)
    } catch (error) {
      this.#journal?.remove()
      this.#journal = journal
      for (const [key, bytes] of this.#changedSince(changes))
        this.#journaled(each => each.append({ key, bytes }))
      throw error
    }
    journal?.remove()
    return changes
  }

  /** Drops the changes. */
  discard(): void {
    this.#journal?.remove()
  }

  /** Ends without having committed: the next block on this path takes the changes over. */
  abandon(): void {
    this.#journal?.abandon()
  }

  /** Goes on after a commit of `committed`, with what the store holds now. */
  restart(snapshot: Snapshot | undefined, committed: Changes): void {
    this.#snapshot?.close()
    this.#snapshot = snapshot
    this.#journalFailed = false
    const since = this.#changedSince(committed)
    if (this.#options.reads) {
      this.#evaluated = new Set()
      this.#touched = new Set(this.#unwritten.keys())
      for (const [key, frame] of since) if (frame !== undefined) this.#touched.add(key)
    } else {
      // Without `r`, it goes on showing what it did itself, and nothing else.
      for (const [key, frame] of committed) this.#showOwn(key, frame)
    }
    this.#changes = since
    this.#deleted = new Set([...this.#deleted].filter(key => since.has(key)))
    this.#wroteFacts = false
    this.#keys = undefined
  }

  close(): void {
    this.#snapshot?.close()
  }

  #showComputed(key: string, frame: Uint8Array, written: boolean): void {
    if (this.#changes.has(key)) this.#record(key, frame)
    else if (!written) this.#unwritten.set(key, frame)
    else {
      this.#unwritten.delete(key)
      this.#evaluated.add(key)
    }
    this.#show(key)
  }

  #record(key: string, frame: Uint8Array | undefined): void {
    this.#changedMs.set(key, performance.now())
    if (frame === undefined) this.#deleted.add(key)
    // Set again after a deletion, it goes last; else a key keeps its place, as in a Map.
    if (this.#changes.has(key) && this.#changes.get(key) === undefined) this.#changes.delete(key)
    this.#changes.set(key, frame)
    this.#unwritten.delete(key)
    if (frame === undefined) this.#hide(key)
    else this.#show(key)
    this.#journaled(journal => journal.append({ key, bytes: frame }))
  }

  #stored(key: string): Uint8Array | undefined {
    // A block's store answers at once: `openSession` sees to that.
    return this.#store.get(key) as Uint8Array | undefined
  }

  #show(key: string): void {
    this.#touched.add(key)
    this.#keys?.add(key)
  }

  #hide(key: string): void {
    this.#touched.delete(key)
    this.#keys?.delete(key)
  }

  #changedSince(before: Changes): Map<string, Uint8Array | undefined> {
    return new Map([...this.#changes].filter(([key, frame]) => !before.has(key) || before.get(key) !== frame))
  }

  #showOwn(key: string, frame: Uint8Array | undefined): void {
    if (frame === undefined) this.#unwritten.delete(key)
    else this.#unwritten.set(key, frame)
  }

  /** The changes as the store takes them: what was deleted and set again is deleted first, and so goes last. */
  #ordered(): readonly Change[] {
    const changes: Change[] = []
    for (const [key, bytes] of this.#changes) {
      if (bytes !== undefined && this.#deleted.has(key)) changes.push({ key, bytes: undefined })
      changes.push({ key, bytes })
    }
    return changes
  }

  #listKeys(): Set<string> {
    const keys = new Set<string>()
    for (const [key, frame] of this.#snapshot?.entries(USER_KEY_PREFIX) ?? []) {
      const own = this.own(key)
      const shown =
        own === undefined ? mayHoldValue(frame, key) : own !== 'deleted' && !this.#deleted.has(key)
      if (shown) keys.add(key)
    }
    for (const key of this.#touched) keys.add(key)
    return keys
  }

  #newJournal(): BlockJournal | undefined {
    const { writes, discards } = this.#options
    return writes && !discards && this.#store.path !== undefined
      ? new BlockJournal(this.#store.path)
      : undefined
  }

  /** A journal that cannot be written any more keeps what it has, the first changes, and does not stop the block. */
  #journaled(body: (journal: BlockJournal) => void): void {
    if (this.#journal === undefined || this.#journalFailed) return
    try {
      body(this.#journal)
    } catch (error) {
      this.#journalFailed = true
      degrade(
        `journal ${this.#store.path}`,
        `The changes of a block on ${this.#store.path} cannot be journaled any more (${textOf(error)}). ` +
          'They are committed when the block ends, and lost if it is killed before.',
        error,
      )
    }
  }
}
