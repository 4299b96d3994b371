import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { hashText } from '../../base/hash32.ts'
import { errno } from '../../files/errno.ts'
import { openFileToRead } from '../../files/open-file.ts'
import { isAlive, newOwner } from '../../files/owner.ts'

const STAMP_BYTES = 192
const TRIES = 3
/** So long a commit takes at most, as a rule. */
const COMMIT_MS = 30
const PAUSE_MS = 0.05
/** Clocks of file systems tick in milliseconds. */
const ODD_SECONDS = 0.000_3
const NOBODY = '-'
const SLEEPER = new Int32Array(new SharedArrayBuffer(4))
/** What the stamp begins with: never the same twice. */
const TOKEN_BYTES = 32
const TOKEN = Buffer.alloc(TOKEN_BYTES)

/**
 * The stamp beside a database, which says how its file looked after the last commit. LMDB maps the file into memory, and
 * a damaged one may end the process; one whose looks nobody vouches for is examined elsewhere first.
 */
export class Stamp {
  readonly #path: string
  readonly #dataFd: number
  #fd: number | undefined
  #readFd: number | undefined
  readonly #owner = newOwner()
  readonly #nonce = this.#owner.slice(this.#owner.lastIndexOf('.') + 1)
  #count = 0

  /** `dataFd` is of the database, and stays the caller's. */
  constructor(path: string, dataFd: number) {
    this.#path = path
    this.#dataFd = dataFd
  }

  /** Vouches for a database that has just been put in its place, before anybody opens it. */
  static vouchFor(data: string, stampPath: string): void {
    const dataFd = openSync(data, 'r')
    const stamp = new Stamp(stampPath, dataFd)
    try {
      stamp.write()
    } finally {
      stamp.close()
      closeSync(dataFd)
    }
  }

  /** Vouches for the file as it is. After each commit; not synced: power loss makes the next one look again. */
  write(): void {
    this.#write(this.#owner)
  }

  /**
   * Another text after every `write` of any process. A commit is stamped when all readers see it, and before it is
   * acknowledged; one whose writer was killed in between, with the next.
   */
  token(): string {
    const fd = this.#fd ?? this.#openToRead()
    if (fd === undefined) return ''
    const read = readSync(fd, TOKEN, 0, TOKEN_BYTES, 0)
    return TOKEN.toString('latin1', 0, read)
  }

  /**
   * Whether the last writer vouches for the file as it is. While he lives, he may just be between a commit and its stamp:
   * that is waited for, up to 30 ms.
   */
  vouches(): boolean {
    const deadline = performance.now() + COMMIT_MS
    for (;;) {
      const [looks = '', owner = ''] = this.#read()
      if (looks === this.#looks()) return true
      if (performance.now() > deadline || !isAlive(owner)) return false
      Atomics.wait(SLEEPER, 0, 0, PAUSE_MS)
    }
  }

  /** Says, where it was this one who vouched last, that he will write no more. */
  leave(): void {
    const [looks, owner] = this.#read()
    if (owner !== this.#owner || looks !== this.#looks()) return
    this.#mark()
    this.#write(NOBODY)
  }

  close(): void {
    for (const fd of [this.#fd, this.#readFd]) if (fd !== undefined) closeSync(fd)
    this.#fd = undefined
    this.#readFd = undefined
  }

  /** Where only reading is allowed. */
  #openToRead(): number | undefined {
    this.#readFd ??= openFileToRead(this.#path)
    return this.#readFd
  }

  #read(): readonly string[] {
    const fd = openFileToRead(this.#path)
    if (fd === undefined) return []
    try {
      return unseal(readFileSync(fd, 'latin1'))
    } finally {
      closeSync(fd)
    }
  }

  /** What is no file in its place has to go: it is the store's own folder. */
  #openToWrite(): number {
    const stat = lstatSync(this.#path, { throwIfNoEntry: false })
    if (stat !== undefined && !stat.isFile()) rmSync(this.#path, { recursive: true })
    return openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600)
  }

  #write(owner: string): void {
    this.#fd ??= this.#openToWrite()
    // Another process may have committed in between, and stamped before: the last word must be true.
    for (let tries = 0, looks = this.#looks(); tries < TRIES; tries += 1) {
      this.#count += 1
      // Another one each time: it must never look as it did before another's.
      const token = `${this.#nonce}.${this.#count}`.padEnd(TOKEN_BYTES)
      writeSync(this.#fd, seal(`${token}${looks} ${owner}`), 0, STAMP_BYTES, 0)
      const now = this.#looks()
      if (now === looks) return
      looks = now
    }
  }

  /**
   * Gives the file a time that no clock gives: what is written to it within the same tick is seen, too. Not with each
   * commit: it makes the next one a sixth slower.
   */
  #mark(): void {
    try {
      const seconds = Date.now() / 1000 + ODD_SECONDS
      futimesSync(this.#dataFd, seconds, seconds)
    } catch (error) {
      // The file of another user: it is less likely then, and that is all.
      if (errno(error) === undefined) throw error
    }
  }

  #looks(): string {
    const { ino, size, mtimeNs, ctimeNs } = fstatSync(this.#dataFd, { bigint: true })
    return `${ino}.${size}.${mtimeNs}.${ctimeNs}.${boot()}`
  }
}

/** What the last boot left unwritten is gone, whatever the file looks like. */
function boot(): string {
  return newOwner().split('.')[2] ?? ''
}

function seal(text: string): Buffer {
  return Buffer.from(`${text} ${hashText(text)}`.padEnd(STAMP_BYTES), 'latin1')
}

/** How the file looked, and who says so; nothing of a stamp that is torn. */
function unseal(sealed: string): readonly string[] {
  const [token, looks = '', owner = '', hash] = sealed.trimEnd().split(/ +/)
  return hash === String(hashText(`${`${token}`.padEnd(TOKEN_BYTES)}${looks} ${owner}`)) ? [looks, owner] : []
}
