import {
  linkSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CacheError } from '../base/errors.ts'
import { errno, unlessAbsent } from './errno.ts'
import { makeFolder } from './folder.ts'
import { isAlive, isOfThisThread, isOwner, isStopped, newOwner } from './owner.ts'
import { removeFile } from './remove-file.ts'

/** How long a synchronous caller waits for a live holder, which holds it for the length of one write. */
const LOCK_WAIT_MS = 30_000
/** The same for a holder that is stopped. */
const STOP_WAIT_MS = 1_000
const ASK_AFTER_MS = 5
const FIRST_PAUSE_MS = 0.2
const LONGEST_PAUSE_MS = 20

/**
 * Runs `body` while no other process or thread of this machine is inside `withLock(path, …)`. Synchronous, and `body`
 * must be: nobody may wait inside. The lock of a dead process is taken over at once. Costs two system calls.
 * Throws ERR_CACHE_BUSY after 30 s behind a live holder (1 s behind one that is stopped), at once behind this very thread, and ERR_CACHE_FORMAT where
 * something that is no lock of ours is in the way. A missing folder is created.
 */
export function withLock<T>(path: string, body: () => T): T {
  const owner = newOwner()
  lockSync(path, owner)
  try {
    return body()
  } finally {
    unlock(path, owner)
  }
}

/**
 * Waits, without blocking the thread, until this process holds the lock at `path`; returns its release, which may be
 * called twice. `onWait` is told once whom it waits for. An aborted `signal` ends the wait with its reason.
 */
export async function acquireLock(
  path: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onWait?: (holder: string) => void } = {},
): Promise<() => void> {
  const owner = newOwner()
  let told = false
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = longer(pauseMs)) {
    options.signal?.throwIfAborted()
    const holder = tryLock(path, owner)
    if (holder === undefined) return once(() => unlock(path, owner))
    if (!told) options.onWait?.(holder)
    told = true
    await sleep(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
      () => {},
    )
  }
}

/** Removes the guards of takers that died at it. Call it only while holding the lock at `path`: nobody needs them then. */
export function sweepGuards(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(prefix) || !/^\w+(\.\w+)*$/.test(name.slice(prefix.length))) continue
    const guard = join(dirname(path), name)
    const holder = unlessAbsent(() => ownerIn(guard))
    if (holder !== undefined && isOwner(holder) && !isAlive(holder)) removeFile(guard)
  }
}

function lockSync(path: string, owner: string): void {
  const deadline = Date.now() + LOCK_WAIT_MS
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = longer(pauseMs)) {
    const holder = tryLock(path, owner)
    if (holder === undefined) return
    if (isOfThisThread(holder))
      throw busy(path, holder, 'this very thread holds it, and cannot let go while it waits')
    // Asking takes longer than most holders need.
    if ((pauseMs > ASK_AFTER_MS || stopped.has(holder)) && hasBeenStopped(holder))
      throw busy(path, holder, `process ${holder.split('.')[0]} is stopped (Ctrl-Z, a debugger) and holds it`)
    if (Date.now() > deadline) {
      const seconds = LOCK_WAIT_MS / 1000
      throw busy(path, holder, `process ${holder.split('.')[0]} has held it for ${seconds} s and still runs`)
    }
    Atomics.wait(SLEEPER, 0, 0, pauseMs)
  }
}

/** Holders that were found to be stopped, and since when. A name is that of one holding, and never comes again. */
const stopped = new Map<string, number>()
const MOST_STOPPED = 100

/** Whether it was stopped whenever it was looked at for a second: whoever comes later need not wait as long again. */
function hasBeenStopped(holder: string): boolean {
  const nowMs = performance.now()
  if (!isStopped(holder)) {
    stopped.delete(holder)
    return false
  }
  const sinceMs = stopped.get(holder)
  if (sinceMs !== undefined) return nowMs - sinceMs > STOP_WAIT_MS
  if (stopped.size >= MOST_STOPPED) stopped.clear()
  stopped.set(holder, nowMs)
  return false
}

const SLEEPER = new Int32Array(new SharedArrayBuffer(4))

function busy(path: string, holder: string, why: string): CacheError {
  return new CacheError(
    'ERR_CACHE_BUSY',
    `Could not lock ${path}: ${why}. Let the holder go on or end it; if nothing uses the file, remove the lock.`,
    { details: { path, holder } },
  )
}

function longer(pauseMs: number): number {
  return Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
}

/** Takes the lock, and takes it over from the dead; returns its live holder where there is one. */
function tryLock(path: string, owner: string): string | undefined {
  for (;;) {
    if (createLock(path, owner)) return undefined
    const holder = unlessAbsent(() => readLock(path))
    if (holder === undefined) continue
    if (unremoved.delete(holder)) {
      unlock(path, holder)
      continue
    }
    if (isAlive(holder)) return holder
    const ahead = removeDead(path, holder, owner)
    if (ahead !== undefined) return ahead
  }
}

/**
 * Removes the lock of a dead holder, and never one that somebody took in the meantime: only who holds the guard of
 * just this dead holder may remove it, and looks again inside. The guard of a process that died while it held one is
 * removed in the same way. Returns a live holder of the guard: somebody is about to free the lock.
 */
function removeDead(path: string, dead: string, owner: string): string | undefined {
  const guard = `${path}.${nonceOf(dead)}`
  const holder = tryLock(guard, owner)
  if (holder !== undefined) return holder
  try {
    if (unlessAbsent(() => readLock(path)) === dead) unlinkSync(path)
  } finally {
    unlock(guard, owner)
  }
  return undefined
}

function createLock(path: string, owner: string): boolean {
  const created = unlessAbsent(() => createInFolder(path, owner))
  if (created !== undefined) return created
  makeFolder(dirname(path))
  return createInFolder(path, owner)
}

function createInFolder(path: string, owner: string): boolean {
  try {
    // Either is created whole, with its text: nobody ever sees a lock without an owner.
    if (process.platform === 'win32') linkDraft(path, owner)
    else symlinkSync(owner, path)
    return true
  } catch (error) {
    if (errno(error) === 'EEXIST') return false
    throw error
  }
}

/** Where symbolic links need a privilege: a file under a name of its own, which then gets the lock's name too. */
function linkDraft(path: string, owner: string): void {
  const draft = `${path}.${nonceOf(owner)}.draft`
  writeFileSync(draft, owner, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } finally {
    unlinkSync(draft)
  }
}

function readLock(path: string): string {
  const owner = ownerIn(path)
  if (owner !== undefined && isOwner(owner)) return owner
  throw new CacheError(
    'ERR_CACHE_FORMAT',
    `${path} is in the way: it is no lock of this version of cachedict, and is left as it is. ` +
      `Move it away if it is yours; update the package if a newer version uses the file.`,
    { details: { path } },
  )
}

/** The text of a lock; undefined for something else under its name. */
function ownerIn(path: string): string | undefined {
  try {
    return process.platform === 'win32' ? readFileSync(path, 'utf8') : readlinkSync(path)
  } catch (error) {
    // No symbolic link; a folder.
    if (errno(error) === 'EINVAL' || errno(error) === 'EISDIR') return undefined
    throw error
  }
}

function nonceOf(owner: string): string {
  return owner.slice(owner.lastIndexOf('.') + 1)
}

/** Locks of this thread that the system refused to remove: everybody else takes them for held, and leaves them alone. */
const unremoved = new Set<string>()

function unlock(path: string, owner: string): void {
  try {
    removeFile(path)
  } catch (error) {
    unremoved.add(owner)
    throw error
  }
}

function once(body: () => void): () => void {
  let done = false
  return () => {
    if (!done) body()
    done = true
  }
}
