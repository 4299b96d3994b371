import {
  closeSync,
  fdatasyncSync,
  openSync,
  promises,
  readdirSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { hashText } from '../../base/hash32.ts'
import { errno, unlessAbsent } from '../../files/errno.ts'
import { makeFolder, syncFolder } from '../../files/folder.ts'
import { openFileToRead } from '../../files/open-file.ts'
import { isAlive, newOwner } from '../../files/owner.ts'
import { removeFile } from '../../files/remove-file.ts'
import type { ValueFile } from './record.ts'

/**
 * From this size on a value gets a file of its own. Measured: up to here LMDB writes one in half the time that a file
 * takes (330 us against 650), and mixed sizes leave its file at 1.3 times what is kept, less than with a lower limit.
 */
export const LARGE_BYTES = 32 << 10

const BLOCK_BYTES = 4096

/** What a file of `bytes` takes on the disk. */
export function blockBytes(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
}

/**
 * The folder of large values. A file is written whole and synced under `new/`, by a name that tells whether its writer
 * still lives; when a commit refers to it, it goes to its place, `<two hex digits>/<name>`. Readers look in both.
 */
export class LargeValues {
  readonly #folder: string
  readonly #refused = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Durable after `syncNames`. */
  writeSync(bytes: Uint8Array): ValueFile {
    const file = { name: newOwner(), bytes: bytes.byteLength }
    const path = this.#new(file.name)
    const fd = unlessAbsent(() => openSync(path, 'wx', 0o600)) ?? this.#create(path)
    try {
      for (let done = 0; done < bytes.byteLength; ) done += writeSync(fd, bytes, done)
      fdatasyncSync(fd)
    } catch (error) {
      this.remove(file.name)
      throw error
    } finally {
      closeSync(fd)
    }
    return file
  }

  /** `writeSync`, off this thread. */
  async write(bytes: Uint8Array): Promise<ValueFile> {
    const file = { name: newOwner(), bytes: bytes.byteLength }
    makeFolder(this.#new())
    const path = this.#new(file.name)
    const handle = await promises.open(path, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.datasync()
    } catch (error) {
      this.remove(file.name)
      throw error
    } finally {
      await handle.close()
    }
    return file
  }

  /** Before the commit that refers to files that were written since. */
  syncNames(): void {
    syncFolder(this.#new())
  }

  /** After the commit that refers to it. Where the system refuses, it stays where readers find it too. */
  settle(name: string): void {
    const place = this.#place(name)
    try {
      makeFolder(join(this.#folder, shard(name)))
      unlessAbsent(() => renameSync(this.#new(name), place))
    } catch (error) {
      if (errno(error) === undefined) throw error
    }
  }

  /**
   * Fills `into` from `at` on; how many bytes there were, of those `from` the beginning of the file. Undefined where the
   * file does not exist.
   */
  read(name: string, into: Uint8Array, at: number, from = 0): number | undefined {
    const fd = openFileToRead(this.#place(name)) ?? openFileToRead(this.#new(name))
    if (fd === undefined) return undefined
    try {
      let end = at
      while (end < into.byteLength) {
        const read = readSync(fd, into, end, into.byteLength - end, from + end - at)
        if (read === 0) break
        end += read
      }
      return end - at
    } finally {
      closeSync(fd)
    }
  }

  /** Whether the file is gone. Where the system refuses, `removeRefused` tries again. */
  remove(name: string): boolean {
    try {
      removeFile(this.#new(name))
      removeFile(this.#place(name))
      this.#refused.delete(name)
      return true
    } catch (error) {
      if (errno(error) === undefined) throw error
      this.#refused.add(name)
      return false
    }
  }

  removeRefused(): void {
    for (const name of this.#refused) this.remove(name)
  }

  /** The files whose writers died before they could settle or remove them. */
  leftovers(): readonly string[] {
    const names = unlessAbsent(() => readdirSync(this.#new())) ?? []
    return names.filter(name => !isAlive(name))
  }

  #create(path: string): number {
    makeFolder(this.#new())
    return openSync(path, 'wx', 0o600)
  }

  #new(name = ''): string {
    return join(this.#folder, 'new', name)
  }

  #place(name: string): string {
    return join(this.#folder, shard(name), name)
  }
}

function shard(name: string): string {
  return (hashText(name) & 0xff).toString(16).padStart(2, '0')
}
