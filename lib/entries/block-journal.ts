import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { degrade } from '../events/degrade.ts'
import { unlessAbsent } from '../files/errno.ts'
import { LogFile } from '../files/log-file.ts'
import { isAlive, newOwner } from '../files/owner.ts'
import { removeFile } from '../files/remove-file.ts'
import type { Change } from '../stores/store.ts'

const SUFFIX = '.block'

/** Journals of this process that nobody will go on writing: their commit failed. They are treated as a dead block's. */
const abandoned = new Set<string>()

/**
 * What one open block did so far, in a file of its own beside the store: `<file>.<owner>.block`. The owner's name tells
 * everybody else whether the block still lives. One writer, no lock; costs one write a change.
 */
export class BlockJournal {
  /** What marks this block as committed in the store. */
  readonly id: string
  readonly #path: string
  #log: LogFile | undefined
  #unsynced = false

  /** Nothing is created before the first change. `storePath` is the file beside which the journal lies. */
  constructor(storePath: string) {
    this.id = newOwner()
    this.#path = `${storePath}.${this.id}${SUFFIX}`
  }

  append(change: Change): void {
    this.#log ??= this.#create()
    this.#log.append([change])
    this.#unsynced = true
  }

  /** Makes what was appended durable: before a fact that comes after it. */
  sync(): void {
    if (this.#unsynced) this.#log?.syncNow()
    this.#unsynced = false
  }

  /** Its changes were committed: nothing is left of it, or, where it cannot be removed now, the next block here does that. */
  remove(): void {
    if (this.#log === undefined) return
    this.abandon()
    try {
      removeFile(this.#path)
      abandoned.delete(this.#path)
    } catch (error) {
      degrade(
        `remove ${this.#path}`,
        `${this.#path} could not be removed, and is not needed any more: ${String(error)}`,
        error,
      )
    }
  }

  /** Its changes could not be committed: the next block on this path, in whatever process, takes them over. */
  abandon(): void {
    this.#log?.close()
    if (this.#log !== undefined) abandoned.add(this.#path)
    this.#log = undefined
  }

  #create(): LogFile {
    try {
      return LogFile.create(this.#path, 'block', new Uint8Array(16))
    } catch (error) {
      // Where the system did not let it be removed again either, the next block finds it.
      abandoned.add(this.#path)
      throw error
    }
  }
}

/** What a block did that is over without having been committed. */
export interface LeftBlock {
  readonly id: string
  /** In order, up to the first damage. */
  readonly changes: readonly Change[]
  exists(): boolean
  remove(): void
}

/** The blocks beside `storePath` that ended without a commit: the one that was written to last comes last. */
export function leftBlocks(storePath: string): readonly LeftBlock[] {
  const prefix = `${basename(storePath)}.`
  const folder = dirname(storePath)
  const names = unlessAbsent(() => readdirSync(folder)) ?? []
  return names
    .filter(name => name.startsWith(prefix) && name.endsWith(SUFFIX))
    .map(name => ({ path: join(folder, name), id: name.slice(prefix.length, -SUFFIX.length) }))
    .filter(({ path, id }) => id.split('.').length === 5 && (abandoned.has(path) || !isAlive(id)))
    .map(block => ({ ...block, writtenMs: statSync(block.path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.writtenMs - b.writtenMs)
    .map(({ path, id }) => ({
      id,
      changes: readBlock(path),
      exists: () => existsSync(path),
      remove: () => {
        abandoned.delete(path)
        removeFile(path)
      },
    }))
}

/** Whether the journal of the block with this id is still there. */
export function isJournalLeft(storePath: string, id: string): boolean {
  return existsSync(`${storePath}.${id}${SUFFIX}`)
}

function readBlock(path: string): readonly Change[] {
  const log = LogFile.open(path, 'block')
  if (log === undefined) return []
  try {
    const changes: Change[] = []
    for (const item of log.readNew()) {
      if (item.is === 'put') changes.push({ key: item.key, bytes: log.read(item.offset, item.bytes) })
      else if (item.is === 'delete') changes.push({ key: item.key, bytes: undefined })
      // What comes after a change that is lost may rest on it.
      else break
    }
    return changes
  } finally {
    log.close()
  }
}
