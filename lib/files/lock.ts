import { readFileSync, readlinkSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CacheError } from '../base/errors.ts'
import { errno, unlessAbsent } from './errno.ts'
import { isAlive, newOwner } from './owner.ts'

/** How long a synchronous caller waits for a live holder, which holds it for the length of one write. */
const LOCK_WAIT_MS = 30_000
const FIRST_PAUSE_MS = 0.2
const LONGEST_PAUSE_MS = 20
/** A lock file whose writer died between creating it and naming itself (only where there are no symbolic links). */
const NAMELESS_MS = 1_000

/**
 * Runs `body` while no other process or thread of this machine is inside `withLock(path, …)`. Synchronous, and `body`
 * must be: nobody may wait inside. The lock of a dead process is taken over at once. Costs two system calls.
 * Throws ERR_CACHE_BUSY after 30 s behind a live holder.
 */
export function withLock<T>(path: string, body: () => T): T {
  const owner = newOwner()
  lockSync(path, owner)
  try {
    return body()
  } finally {
    unlock(path)
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
    if (holder === undefined) return once(() => unlock(path))
    if (!told) options.onWait?.(holder)
    told = true
    await sleep(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal })
  }
}

function lockSync(path: string, owner: string): void {
  const deadline = Date.now() + LOCK_WAIT_MS
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = longer(pauseMs)) {
    const holder = tryLock(path, owner)
    if (holder === undefined) return
    if (Date.now() > deadline) {
      throw new CacheError(
        'ERR_CACHE_BUSY',
        `Could not lock ${path} within ${LOCK_WAIT_MS / 1000} s: process ${holder.split('.')[0]} holds it and still runs. ` +
          `Let it go on or end it; if no such process uses the file, remove the lock.`,
        { details: { path, holder } },
      )
    }
    Atomics.wait(SLEEPER, 0, 0, pauseMs)
  }
}

const SLEEPER = new Int32Array(new SharedArrayBuffer(4))

function longer(pauseMs: number): number {
  return Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
}

/** Takes the lock, and takes it over from the dead; returns its live holder where there is one. */
function tryLock(path: string, owner: string): string | undefined {
  for (;;) {
    if (createLock(path, owner)) return undefined
    const holder = unlessAbsent(() => readLock(path))
    if (holder === undefined) continue
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
  const guard = `${path}.${dead.slice(dead.lastIndexOf('.') + 1)}`
  const holder = tryLock(guard, owner)
  if (holder !== undefined) return holder
  try {
    if (unlessAbsent(() => readLock(path)) === dead) unlinkSync(path)
  } finally {
    unlock(guard)
  }
  return undefined
}

function createLock(path: string, owner: string): boolean {
  try {
    // A symbolic link is created whole, with its text: nobody ever sees a lock without an owner.
    if (process.platform === 'win32') writeFileSync(path, owner, { flag: 'wx', mode: 0o600 })
    else symlinkSync(owner, path)
    return true
  } catch (error) {
    if (errno(error) === 'EEXIST') return false
    throw error
  }
}

function readLock(path: string): string {
  if (process.platform !== 'win32') return readlinkSync(path)
  const owner = readFileSync(path, 'utf8')
  const nameless = owner === '' && Date.now() - statSync(path).mtimeMs < NAMELESS_MS
  return nameless ? newOwner() : owner
}

function unlock(path: string): void {
  unlessAbsent(() => unlinkSync(path))
}

function once(body: () => void): () => void {
  let done = false
  return () => {
    if (!done) body()
    done = true
  }
}
