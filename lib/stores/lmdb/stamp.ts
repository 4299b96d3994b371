import { closeSync, constants, fstatSync, openSync, readFileSync, writeSync } from 'node:fs'
import { hashText } from '../../base/hash32.ts'
import { unlessAbsent } from '../../files/errno.ts'
import { isAlive, newOwner } from '../../files/owner.ts'

const STAMP_BYTES = 160
const TRIES = 3

/** What vouches for the database: its last writer says how it left the file. */
export type Vouching = 'sound' | 'in use' | 'unknown'

/**
 * The stamp beside a database, which says how its file looked after the last commit. LMDB maps the file into memory, and
 * a damaged one may end the process; one whose looks nobody vouches for is examined elsewhere first.
 */
export class Stamp {
  readonly #path: string
  readonly #dataFd: number
  #fd: number | undefined
  readonly #owner = newOwner()

  /** `dataFd` is of the database, and stays the caller's. */
  constructor(path: string, dataFd: number) {
    this.#path = path
    this.#dataFd = dataFd
  }

  /** Vouches for the file as it is. After each commit; not synced: power loss makes the next one look again. */
  write(): void {
    this.#fd ??= openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600)
    // Another process may have committed in between, and stamped before: the last word must be true.
    for (let tries = 0, looks = this.#looks(); tries < TRIES; tries += 1) {
      writeSync(this.#fd, seal(`${looks} ${this.#owner}`), 0, STAMP_BYTES, 0)
      const now = this.#looks()
      if (now === looks) return
      looks = now
    }
  }

  /** What the stamp says of the file as it is. */
  read(): Vouching {
    const [looks = '', owner = ''] = unseal(unlessAbsent(() => readFileSync(this.#path, 'latin1')) ?? '')
    if (looks === this.#looks()) return 'sound'
    // Whoever wrote the stamp is just committing, or somebody beside it was killed after a commit, which is whole.
    return isAlive(owner) ? 'in use' : 'unknown'
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
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

/** The words of a stamp; none of one that is torn. */
function unseal(sealed: string): readonly string[] {
  const [looks = '', owner = '', hash] = sealed.trimEnd().split(' ')
  return hash === String(hashText(`${looks} ${owner}`)) ? [looks, owner] : []
}
