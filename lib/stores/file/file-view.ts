import { equalBytes } from '../../base/bytes.ts'
import { unreachable } from '../../base/unreachable.ts'
import { statOf } from '../../files/errno.ts'
import type { LogItem } from '../../files/log.ts'
import { LogFile } from '../../files/log-file.ts'
import { encodeKey, keyHash } from '../../files/record.ts'
import type { Snapshot, StoreEntry } from '../store.ts'
import { DictionaryFile, type FileIdentity, identityOf, type StoredRecord } from './dictionary-file.ts'

/** A reader that meets one fold after another gives up after this many. */
const OPEN_TRIES = 100

/** What the journal says of a key; the dictionary's own record counts only where it says nothing. */
type Later =
  | { readonly is: 'put'; readonly offset: number; readonly bytes: number; readonly moved: boolean }
  | { readonly is: 'deleted' }
  | { readonly is: 'damaged' }

export type Currency = 'current' | 'grown' | 'replaced'

/**
 * A dictionary file together with the journal that continues it: what the store held at one moment. It stays readable
 * and the same while others write, until `readNew` takes in what was appended since.
 */
export class FileView implements Snapshot {
  readonly dictionary: DictionaryFile
  readonly #path: string
  readonly #later = new Map<string, Later>()
  /** Hashes of keys whose newest record is damaged: what lies in the dictionary under them is not true any more. */
  readonly #hidden = new Set<number>()
  /** Damage hid which keys were changed: nothing older is believed. */
  #blind = false
  #journal: LogFile | undefined
  /** A journal of an earlier dictionary: kept open, so that no new file can get its number. */
  #stale: LogFile | undefined

  private constructor(path: string, dictionary: DictionaryFile) {
    this.#path = path
    this.dictionary = dictionary
  }

  /** Opens what lies at `path`, whole, however often it is being replaced. Throws ERR_CACHE_FORMAT. */
  static open(path: string): FileView {
    for (let tries = 1; ; tries += 1) {
      const view = new FileView(path, DictionaryFile.open(path))
      try {
        // With its journal the pair is whole. Without, a fold may have happened between the two: look again.
        if (view.#openJournal() || view.#isDictionaryCurrent() || tries === OPEN_TRIES) return view
      } catch (error) {
        view.close()
        throw error
      }
      view.close()
    }
  }

  get journal(): LogFile | undefined {
    return this.#journal
  }

  get damaged(): boolean {
    return this.dictionary.lost > 0 || this.#blind || this.#hidden.size > 0
  }

  /** Whether there is nothing at all, not even damage. */
  get isEmpty(): boolean {
    return this.dictionary.isEmpty && this.#later.size === 0 && !this.damaged
  }

  get(key: string): Uint8Array | undefined {
    const later = this.#later.get(key)
    if (later === undefined) return this.#older(encodeKey(key))
    return this.#read(later)
  }

  *entries(prefix = ''): Generator<StoreEntry> {
    for (const { key, body } of this.records()) {
      const text = key.toString('utf8')
      if (text.startsWith(prefix)) yield [text, new Uint8Array(body)]
    }
  }

  /** Everything that is there, in the order in which keys were first written. A record is good until the next one. */
  *records(): Generator<StoredRecord> {
    const listed = new Set<string>()
    for (const record of this.dictionary.records()) {
      const text = this.#later.size === 0 ? undefined : record.key.toString('utf8')
      const later = text === undefined ? undefined : this.#later.get(text)
      if (later === undefined) {
        if (!this.#blind && !this.#isHidden(record.key)) yield record
      } else if (later.is === 'put' && !later.moved) {
        listed.add(text!)
        yield { key: record.key, body: this.#read(later)! }
      }
    }
    for (const [key, later] of this.#later) {
      if (later.is === 'put' && !listed.has(key))
        yield { key: Buffer.from(key, 'utf8'), body: this.#read(later)! }
    }
  }

  /** Whether what lies at the path is still what this view shows. Two system calls. */
  currency(): Currency {
    if (!this.#isDictionaryCurrent()) return 'replaced'
    const journal = statOf(journalPath(this.#path))
    if (journal === undefined) return this.#journal === undefined ? 'current' : 'replaced'
    if (journal.ino === this.#stale?.inode) return 'current'
    if (journal.ino !== this.#journal?.inode || journal.size < this.#journal.end) return 'replaced'
    return this.#journal.isBehind(journal) ? 'grown' : 'current'
  }

  /** Takes in what was appended to the journal since. */
  readNew(): void {
    if (this.#journal !== undefined) this.apply(this.#journal.readNew())
  }

  /** Takes in what the caller itself appended to the journal. */
  apply(items: readonly LogItem[]): void {
    for (const item of items) this.#apply(item)
  }

  /** Goes on with `journal`, which was just created for this dictionary. */
  adopt(journal: LogFile): void {
    this.#journal = journal
  }

  close(): void {
    this.dictionary.close()
    this.#journal?.close()
    this.#stale?.close()
  }

  /** Whether there is a journal that continues this dictionary. One of an earlier dictionary was folded in already. */
  #openJournal(): boolean {
    const journal = LogFile.open(journalPath(this.#path), 'journal')
    if (journal === undefined) return false
    const { id } = this.dictionary
    if (id === undefined || !equalBytes(journal.base, id)) {
      this.#stale = journal
      return false
    }
    this.#journal = journal
    this.readNew()
    return true
  }

  #isDictionaryCurrent(): boolean {
    const stat = statOf(this.#path)
    const known = this.dictionary.identity
    return stat === undefined || known === undefined ? stat === known : isSame(stat, known)
  }

  #older(key: Buffer): Uint8Array | undefined {
    if (this.#isHidden(key)) return new Uint8Array(0)
    const bytes = this.dictionary.get(key)
    return this.#blind && bytes !== undefined ? new Uint8Array(0) : bytes
  }

  #read(later: Later): Uint8Array | undefined {
    if (later.is === 'deleted') return undefined
    return later.is === 'damaged' ? new Uint8Array(0) : this.#journal!.read(later.offset, later.bytes)
  }

  #isHidden(key: Buffer): boolean {
    return this.#hidden.size > 0 && this.#hidden.has(keyHash(key))
  }

  #apply(item: LogItem): void {
    switch (item.is) {
      case 'put': {
        const before = this.#later.get(item.key)
        if (before?.is === 'deleted') this.#later.delete(item.key)
        const moved = before?.is === 'deleted' || (before?.is === 'put' && before.moved)
        this.#later.set(item.key, { is: 'put', offset: item.offset, bytes: item.bytes, moved })
        return
      }
      case 'delete':
        this.#later.set(item.key, { is: 'deleted' })
        return
      case 'damaged':
        this.#hidden.add(item.keyHash)
        this.#disbelieve(key => keyHash(Buffer.from(key, 'utf8')) === item.keyHash)
        return
      case 'gap':
        this.#blind = true
        this.#disbelieve(() => true)
        return
      default:
        unreachable(item)
    }
  }

  #disbelieve(isMeant: (key: string) => boolean): void {
    for (const key of this.#later.keys()) if (isMeant(key)) this.#later.set(key, { is: 'damaged' })
  }
}

export function journalPath(path: string): string {
  return `${path}.journal`
}

function isSame(stat: FileIdentity, known: FileIdentity): boolean {
  const now = identityOf(stat)
  return now.ino === known.ino && now.size === known.size && now.mtimeMs === known.mtimeMs
}
