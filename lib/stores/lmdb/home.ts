import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, renameSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CacheError } from '../../base/errors.ts'
import { statOf, unlessAbsent } from '../../files/errno.ts'
import { makeFolder, syncFolder } from '../../files/folder.ts'
import { memoryPath } from '../../files/memory-path.ts'
import { LargeValues } from './large-values.ts'

const FORMAT = 1
const MARK = /^format-(\d+)$/
/** What others may put there before there is a store. */
const MAY_COME_FIRST = ['lock']

/** As statfs names them: NFS, SMB, CIFS, SMB2, AFS. */
const NETWORK_TYPES: readonly number[] = [0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f]

/** The folder of one store, and where everything lies in it. */
export class Home {
  readonly path: string
  /** The values that have files of their own. */
  readonly values: LargeValues

  constructor(path: string) {
    this.path = path
    this.values = new LargeValues(join(path, 'values'))
  }

  /** The database; LMDB's own lock lies beside it, as `data.mdb-lock`. */
  get data(): string {
    return join(this.path, 'data.mdb')
  }

  /** A copy of the database that is being made, or was when its maker died. */
  get copy(): string {
    return `${this.data}.compact`
  }

  get stamp(): string {
    return join(this.path, 'stamp')
  }

  /**
   * Held by who writes to the database, or opens it to write: LMDB's own lock, behind it, would be waited for without end where its holder is
   * stopped.
   */
  get writerLock(): string {
    return memoryPath(this.path, '.writer')
  }

  /** Held by who opens, compacts or replaces the database; taken before `writerLock`. */
  get lock(): string {
    return join(this.path, 'lock')
  }

  /** Whether there is a store. Throws ERR_CACHE_FORMAT for anything that is not ours, or newer. */
  isThere(): boolean {
    const names = this.#names()
    if (names === undefined) return false
    const marks = names.flatMap(name => MARK.exec(name)?.[1] ?? [])
    const newest = Math.max(0, ...marks.map(Number))
    if (newest > FORMAT) throw this.#foreign('a newer version of cachedict wrote it', 'Update the package.')
    // Without its mark, it is ours by what lies there.
    if (newest > 0 || (names.includes('data.mdb') && names.includes('stamp'))) return true
    if (names.every(name => MAY_COME_FIRST.includes(name))) return false
    throw this.#foreign('it is a folder of another kind', OTHER_PATH)
  }

  /** Makes the folder, if it is not there. Throws ERR_CACHE_FORMAT, and ERR_CACHE_ENGINE on a network's file system. */
  make(): void {
    if (this.isThere()) return
    makeFolder(this.path)
    this.#refuseNetwork()
    closeSync(openSync(join(this.path, `format-${FORMAT}`), 'a', 0o600))
    syncFolder(this.path)
  }

  /** Moves the database and its values aside; where to. Call it only while holding `lock`. */
  setAside(): string {
    const time = new Date().toISOString().replace(/[:.]/g, '-')
    let aside = `${this.path}.damaged-${time}`
    for (let more = 2; statOf(aside) !== undefined; more += 1) aside = `${this.path}.damaged-${time}-${more}`
    mkdirSync(aside, { mode: 0o700 })
    for (const name of ['data.mdb', 'data.mdb-lock', 'stamp', 'values']) {
      unlessAbsent(() => renameSync(join(this.path, name), join(aside, name)))
    }
    syncFolder(this.path)
    syncFolder(dirname(this.path))
    return aside
  }

  /** Undefined where nothing lies there. */
  #names(): readonly string[] | undefined {
    const names = unlessAbsent(() => readdirSync(this.path))
    if (names !== undefined) return names
    const stat = lstatSync(this.path, { throwIfNoEntry: false })
    // Somebody has made it in between.
    if (stat?.isDirectory() === true) return this.#names()
    // A file, or a link that leads nowhere.
    if (stat !== undefined) throw this.#foreign('it is a file of another kind', OTHER_PATH)
    return undefined
  }

  #refuseNetwork(): void {
    if (!NETWORK_TYPES.includes(statfsSync(this.path).type)) return
    throw new CacheError(
      'ERR_CACHE_ENGINE',
      `${this.path} lies on a file system of a network, where LMDB cannot be used: its memory map and its locks are of one machine. ` +
        `Choose a path on a local disk, or one that does not end in .lmdb (path: './results.cache').`,
      { details: { path: this.path } },
    )
  }

  #foreign(what: string, todo: string): CacheError {
    return new CacheError(
      'ERR_CACHE_FORMAT',
      `${this.path} is not a cache of this version of cachedict: ${what}. It is left as it is. ${todo}`,
      { details: { path: this.path } },
    )
  }
}

const OTHER_PATH = 'Choose another path, or move it away.'
