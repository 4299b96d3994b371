import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type writeFileAtomic from 'write-file-atomic'
import { loadPackage } from '../base/load-package.ts'
import { errno, unlessAbsent } from './errno.ts'
import { syncFolder } from './folder.ts'

const WINDOWS_TRIES = 20
const WINDOWS_PAUSE_MS = 25

/** Takes the next bytes of a file, with one system call for each. They may be used again when it returns. */
export type Sink = (chunk: Uint8Array) => void

/**
 * Replaces the file at `path` by what `fill` writes, in one step: readers see the old bytes or the new, never a
 * mixture, also after power loss. A new file gets mode 0600, else the mode of the old one stays. Costs one fsync of the
 * file and one of its folder. On an error the old file is whole and nothing is left beside it.
 */
export function replaceFile(path: string, fill: (sink: Sink) => void): void {
  const atomic = loadPackage('write-file-atomic') as typeof writeFileAtomic
  const isNew = statSync(path, { throwIfNoEntry: false }) === undefined
  onWindowsAgain(() =>
    atomic.sync(path, null as unknown as string, {
      ...(isNew ? { mode: 0o600 } : {}),
      // It does not look how many bytes the system took: a disk that fills up would leave half a file in place of the
      // old one. So its temporary file is filled here, and counted; it syncs and renames, or cleans up.
      tmpfileCreated: temporary => fillFile(temporary, fill),
    }),
  )
  syncFolder(dirname(path))
}

/**
 * Removes what a killed `replaceFile(path)` left behind. Call it only while nobody can be replacing the same file.
 * `isOurs` sees the first 64 bytes, so that a user's own `<path>.123` stays; one without content is nobody's.
 */
export function sweepTemporaries(path: string, isOurs: (head: Uint8Array) => boolean): void {
  const folder = dirname(path)
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || !/^\d{1,10}$/.test(name.slice(prefix.length))) continue
    const leftover = join(folder, name)
    const head = readHead(leftover)
    // Zeros: what power loss leaves of a file that was never synced.
    if (head !== undefined && (isOurs(head) || head.every(byte => byte === 0)))
      unlessAbsent(() => unlinkSync(leftover))
  }
}

/** Writes all of `bytes` at `position`, however few of them the system takes at a time. */
export function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.byteLength; ) {
    done += writeSync(fd, bytes, done, bytes.byteLength - done, position + done)
  }
}

function fillFile(path: string, fill: (sink: Sink) => void): void {
  const fd = openSync(path, 'r+')
  try {
    let position = 0
    fill(chunk => {
      writeAll(fd, chunk, position)
      position += chunk.byteLength
    })
  } finally {
    closeSync(fd)
  }
}

/** The first bytes of a regular file; undefined for anything else, and for what this user may not read. */
function readHead(path: string): Uint8Array | undefined {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM'].includes(errno(error) ?? '')) return undefined
    throw error
  }
  try {
    const head = Buffer.alloc(64)
    return head.subarray(0, readSync(fd, head, 0, head.length, 0))
  } finally {
    closeSync(fd)
  }
}

/** A scanner or an indexer may hold the old file for a moment, and then Windows refuses to rename over it. */
function onWindowsAgain(body: () => void): void {
  for (let tries = 1; ; tries += 1) {
    try {
      body()
      return
    } catch (error) {
      const passing = ['EPERM', 'EACCES', 'EBUSY'].includes(errno(error) ?? '')
      if (process.platform !== 'win32' || !passing || tries === WINDOWS_TRIES) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WINDOWS_PAUSE_MS)
    }
  }
}
