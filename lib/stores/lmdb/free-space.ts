import { statfsSync } from 'node:fs'
import { renderSize } from '../../base/size.ts'

/** What has to stay free. */
const RESERVE_BYTES = 1 << 20
/** A page holds other rows besides those that are written, and the pages above it are written too. */
const PAGES_PER_BYTE = 3
/** With so much room, it is looked at so seldom. */
const PLENTY_BYTES = 256 << 20
const LOOK_MS = 1_000

/** How much room a file system has: where a write of its own fails, LMDB 0.9 corrupts memory, and ends the process. */
export class FreeSpace {
  readonly #folder: string
  #availableBytes = 0
  #lookAtMs = 0

  /** `folder` is on the file system that is meant. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Throws what the system would say, ENOSPC, where so much cannot be written with room to spare. */
  assertFor(bytes: number): void {
    const needed = RESERVE_BYTES + PAGES_PER_BYTE * bytes
    if (performance.now() >= this.#lookAtMs || this.#availableBytes < PLENTY_BYTES + needed) this.#look()
    if (this.#availableBytes < needed) throw noSpace(this.#availableBytes, needed)
    this.#availableBytes -= needed
  }

  #look(): void {
    const { bavail, bsize } = statfsSync(this.#folder)
    this.#availableBytes = bavail * bsize
    this.#lookAtMs = performance.now() + LOOK_MS
  }
}

function noSpace(available: number, needed: number): Error {
  const message = `ENOSPC: ${renderSize(available)} are left on the disk, and ${renderSize(needed)} are needed to be on the safe side`
  return Object.assign(new Error(message), { code: 'ENOSPC', errno: -28, syscall: 'write' })
}
