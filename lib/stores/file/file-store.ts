import { OWN_TOOL } from '../../base/own-tool.ts'
import { degrade } from '../../events/degrade.ts'
import { sweepTemporaries } from '../../files/atomic-write.ts'
import type { Change } from '../../files/change.ts'
import { Claims } from '../../files/claims.ts'
import { statOf } from '../../files/errno.ts'
import { HEADER_BYTES, hasMagic, isCutOff } from '../../files/file-header.ts'
import { sweepGuards, withLock } from '../../files/lock.ts'
import { LogFile } from '../../files/log-file.ts'
import { memoryPath } from '../../files/memory-path.ts'
import { removeFile } from '../../files/remove-file.ts'
import { closedError, DISK_TRAITS, storeError } from '../disk-store.ts'
import type { Snapshot, Store, StoreEntry, WriteRequest } from '../store.ts'
import { wholeChanges } from '../whole-changes.ts'
import { type NewRecord, writeDictionary } from './dictionary-file.ts'
import { FileView, journalPath } from './file-view.ts'

/** A journal is folded into the dictionary when it is larger than this and than the dictionary: amortised, O(1) a write. */
const LONGEST_JOURNAL_BYTES = 4 << 20

/**
 * A dictionary in one portable file, which is replaced whole when a writer settles; in between, writes are appended to
 * a journal beside it, at a cost that does not depend on how much is kept. Any number of processes may use it: writers
 * take turns for the length of one write, readers never wait.
 */
export class FileStore implements Store {
  static {
    Object.defineProperty(FileStore.prototype, OWN_TOOL, { value: true })
  }
  readonly traits = DISK_TRAITS
  readonly path: string
  readonly leases: Claims
  #view: FileView | undefined
  #prepare: (() => void) | undefined
  #closed = false
  /** Raised whenever the view shows something else than before. */
  #stamp = 0
  #writes = 0

  /**
   * `path` is absolute and leads through no symbolic link. Nothing is opened yet. `prepare` is called before the first
   * write, to make the folder what it should be.
   */
  constructor(path: string, prepare?: () => void) {
    this.path = path
    this.leases = new Claims(memoryPath(path, '.leases'), () => this.#makeReady())
    this.#prepare = prepare
  }

  get(key: string): Uint8Array | undefined {
    return this.#reading(() => this.#latest().get(key))
  }

  entries(prefix?: string): Iterable<StoreEntry> {
    this.#assertOpen()
    return this.#listing(prefix)
  }

  /** As of when it is first asked: a listing that nobody reads opens nothing. */
  *#listing(prefix?: string): Generator<StoreEntry> {
    const snapshot = this.snapshot()
    try {
      yield* snapshot.entries(prefix)
    } finally {
      snapshot.close()
    }
  }

  snapshot(): Snapshot {
    const view = this.#reading(() => this.#openView())
    const entries = this.#entriesOf.bind(this, view)
    return {
      get: key => this.#translated(() => view.get(key), 'ERR_CACHE_READ'),
      entries,
      close: () => view.close(),
    }
  }

  *#entriesOf(view: FileView, prefix?: string): Generator<StoreEntry> {
    try {
      yield* view.entries(prefix)
    } catch (error) {
      throw storeError(this.path, error, 'ERR_CACHE_READ')
    }
  }

  writeSync(request: WriteRequest): void {
    this.#writing(() => {
      const journal = this.#write(request)
      if (request.durable) journal?.syncNow()
    })
  }

  async write(request: WriteRequest): Promise<void> {
    const journal = this.#writing(() => this.#write(request))
    if (!request.durable || journal === undefined) return
    await journal.sync().catch(error => {
      throw storeError(this.path, error, 'ERR_CACHE_WRITE')
    })
  }

  stamp(): unknown {
    return this.#reading(() => {
      this.#latest()
      return this.#stamp
    })
  }

  get writes(): number {
    return this.#writes
  }

  sizeBytes(): number {
    return (statOf(this.path)?.size ?? 0) + (statOf(journalPath(this.path))?.size ?? 0)
  }

  rest(): void {
    this.#forgetView()
    if (!this.leases.holdsAny) this.#quietly(() => this.leases.close())
  }

  close(): void {
    this.#closed = true
    this.#writes += 1
    this.#forgetView()
    this.#quietly(() => this.leases.close())
  }

  /** Does what `request` plans, under the lock; returns the journal where that still has to be synced. */
  #write(request: WriteRequest): LogFile | undefined {
    this.#makeReady()
    this.#writes += 1
    return withLock(`${this.path}.lock`, () => {
      const view = this.#latest()
      const planned = request.plan(readAll(view, request.reads), () => view.entries())
      const changes = wholeChanges(planned, key => view.get(key))
      const settles = request.settle === true && (view.journal !== undefined || changes.length > 0)
      if (settles || (changes.length > 0 && mustFold(view))) {
        this.#fold(view, changes)
        return undefined
      }
      return changes.length === 0 ? undefined : this.#append(view, changes)
    })
  }

  /** What is left of leases hurts nobody, and the next one tries again. */
  #quietly(body: () => void): void {
    try {
      body()
    } catch (error) {
      degrade(
        `leases ${this.path}`,
        `What is left of the leases of ${this.path} could not be removed: ${String(error)}`,
        error,
      )
    }
  }

  #makeReady(): void {
    this.#prepare?.()
    this.#prepare = undefined
  }

  #append(view: FileView, changes: readonly Change[]): LogFile {
    const journal = view.journal ?? this.#createJournal(view)
    view.apply(journal.append(changes))
    this.#stamp += 1
    return journal
  }

  #createJournal(view: FileView): LogFile {
    const path = journalPath(this.path)
    // One of an earlier dictionary: its writer died after folding it in.
    removeFile(path)
    const journal = LogFile.create(path, 'journal', view.dictionary.id!)
    try {
      // The header first: power loss must not take it from records that reached the disk.
      journal.syncNow()
    } catch (error) {
      journal.close()
      removeFile(path)
      throw error
    }
    view.adopt(journal)
    return journal
  }

  #fold(view: FileView, changes: readonly Change[]): void {
    sweepTemporaries(this.path, head => hasMagic(head) || isCutOff(head, HEADER_BYTES))
    sweepGuards(`${this.path}.lock`)
    this.#quietly(() => this.leases.sweep())
    writeDictionary(this.path, merge(view, changes))
    removeFile(journalPath(this.path))
    this.#forgetView()
  }

  #latest(): FileView {
    const currency = this.#view?.currency()
    if (currency === 'grown') this.#view!.readNew()
    if (currency === 'replaced') this.#forgetView()
    if (currency !== 'current') this.#stamp += 1
    this.#view ??= this.#openView()
    return this.#view
  }

  #openView(): FileView {
    const view = FileView.open(this.path)
    if (view.damaged) {
      degrade(
        `damaged file ${this.path}`,
        `${this.path} is damaged or cut off: what cannot be read of it counts as not kept, and the rest is used.`,
      )
    }
    return view
  }

  #forgetView(): void {
    this.#view?.close()
    this.#view = undefined
  }

  #reading<T>(body: () => T): T {
    return this.#guarded(body, 'ERR_CACHE_READ')
  }

  #writing<T>(body: () => T): T {
    return this.#guarded(body, 'ERR_CACHE_WRITE')
  }

  #guarded<T>(body: () => T, code: 'ERR_CACHE_READ' | 'ERR_CACHE_WRITE'): T {
    this.#assertOpen()
    return this.#translated(body, code)
  }

  #translated<T>(body: () => T, code: 'ERR_CACHE_READ' | 'ERR_CACHE_WRITE'): T {
    try {
      return body()
    } catch (error) {
      throw storeError(this.path, error, code)
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw closedError(this.path)
  }
}

function readAll(view: FileView, keys: readonly string[]): Map<string, Uint8Array> {
  const current = new Map<string, Uint8Array>()
  // The first commit of a large block asks for every key in vain.
  if (view.isEmpty) return current
  for (const key of keys) {
    const bytes = view.get(key)
    if (bytes !== undefined) current.set(key, bytes)
  }
  return current
}

function mustFold(view: FileView): boolean {
  if (view.dictionary.id === undefined || view.journal?.isUnsound === true) return true
  const journalBytes = view.journal?.end ?? 0
  return journalBytes > Math.max(LONGEST_JOURNAL_BYTES, view.dictionary.bytes)
}

/** What will be there: `changes` over what the view shows. A changed key stays in its place, one deleted in between goes last. */
function* merge(view: FileView, changes: readonly Change[]): Generator<NewRecord> {
  const news = new Map<string, News>()
  for (const { key, bytes } of changes) {
    const before = news.get(key)
    const moves = bytes === undefined || before?.moves === true
    if (before !== undefined && before.bytes === undefined) news.delete(key)
    news.set(key, { bytes, moves, isListed: false })
  }
  for (const record of view.records()) {
    const change = news.size === 0 ? undefined : news.get(record.key.toString('utf8'))
    if (change === undefined) yield record
    else if (!change.moves) {
      change.isListed = true
      yield { key: record.key, body: change.bytes! }
    }
  }
  for (const [key, { bytes, isListed }] of news) {
    if (bytes !== undefined && !isListed) yield { key, body: bytes }
  }
}

/** What all changes of one key come to. */
interface News {
  readonly bytes: Uint8Array | undefined
  /** It was deleted in between, and goes last. */
  readonly moves: boolean
  isListed: boolean
}
