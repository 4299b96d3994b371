import { closeSync, constants, fstatSync, ftruncateSync, lstatSync, openSync, statSync } from 'node:fs'
import { CacheError } from '../base/errors.ts'
import { AT, CLAIMS_VERSION, type ClaimSegment, eraseHeader, HEADER_BYTES, MAGIC } from './claim-segment.ts'
import { ClaimTable, type SeenSegment } from './claim-table.ts'
import { unlessAbsent } from './errno.ts'
import { sweepGuards, withLock } from './lock.ts'
import { isAlive, isOwner } from './owner.ts'
import { removeFile } from './remove-file.ts'

/**
 * Opens the file of claims at `path`, which is created where it is missing, and puts `segments` of `owner` into it;
 * what `owner` had there before is gone. The place of the dead, and whatever is damaged, is used again.
 * Throws ERR_CACHE_FORMAT for what is no file of claims, or one of another version; and what the system says.
 */
export function joinClaimFile(path: string, owner: string, segments: readonly ClaimSegment[]): number {
  let fd: number | undefined
  try {
    withLock(lockOf(path), () => {
      fd = openFile(path, constants.O_RDWR | constants.O_CREAT)
      refuseForeign(path, new ClaimTable().read(fd))
      eraseSegments(fd, owner)
      for (const segment of segments) placeSegment(fd, segment)
    })
    gone.delete(owner)
    return fd!
  } catch (error) {
    // Also where only the lock could not be let go of.
    if (fd !== undefined) forgetClaimFile(fd, owner)
    throw error
  }
}

/** Puts one more segment into a file that was joined. */
export function extendClaimFile(path: string, fd: number, segment: ClaimSegment): void {
  withLock(lockOf(path), () => placeSegment(fd, segment))
}

/**
 * Takes what `owner` has there, but for the segments at `kept`, out of the file, cuts off what nobody alive uses at its
 * end, and removes it if that is all.
 */
export function leaveClaimFile(
  path: string,
  fd: number,
  owner: string,
  kept: ReadonlySet<number> = NONE,
): void {
  withLock(lockOf(path), () => {
    eraseSegments(fd, owner, kept)
    const end = endOf(liveSegments(fd))
    if (end === 0 && isClaimFileAt(path, fd)) removeFile(path)
    else if (end < fstatSync(fd).size) ftruncateSync(fd, end)
  })
}

/** Removes the file at `path` where nobody alive has anything in it, and what they left of its lock. */
export function sweepClaimFile(path: string): void {
  const isThere = (name: string) => lstatSync(name, { throwIfNoEntry: false }) !== undefined
  if (!isThere(path) && !isThere(lockOf(path))) return
  withLock(lockOf(path), () => {
    sweepGuards(lockOf(path))
    const fd = unlessAbsent(() => openFile(path, constants.O_RDONLY))
    if (fd === undefined) return
    try {
      refuseForeign(path, new ClaimTable().read(fd))
      if (liveSegments(fd).length === 0) removeFile(path)
    } finally {
      closeSync(fd)
    }
  })
}

/** Closes a file that is no longer of use; who still reads it waits for nobody in vain, if the system lets it be so. */
export function forgetClaimFile(fd: number, owner: string): void {
  try {
    eraseSegments(fd, owner)
  } catch {
    // Why it is of no use is thrown by whoever found out.
    gone.add(owner)
  } finally {
    closeSync(fd)
  }
}

/** Reads the file at `path` without joining it; undefined if there is none. */
export function peekClaimFile(path: string): ClaimTable | undefined {
  const fd = unlessAbsent(() => openFile(path, constants.O_RDONLY))
  if (fd === undefined) return undefined
  try {
    return new ClaimTable().read(fd)
  } finally {
    closeSync(fd)
  }
}

/** Whether `fd` is still the file that lies at `path`. */
export function isClaimFileAt(path: string, fd: number): boolean {
  const there = unlessAbsent(() => statSync(path, { bigint: true, throwIfNoEntry: false }))
  const open = fstatSync(fd, { bigint: true })
  return there?.ino === open.ino && there.dev === open.dev
}

/** Owners of this thread that live, and whose segments could not be erased when they left. */
const gone = new Set<string>()

const NONE: ReadonlySet<number> = new Set()

function lockOf(path: string): string {
  return `${path}.lock`
}

function openFile(path: string, flags: number): number {
  // Whoever opens a pipe would wait for its other end.
  const fd = openSync(path, flags | (constants.O_NONBLOCK ?? 0), 0o600)
  if (fstatSync(fd).isFile()) return fd
  closeSync(fd)
  throw notOurs(path, 'it is no file of claims')
}

/** Into the first gap between the segments of the living that is large enough, or behind all of them. */
function placeSegment(fd: number, segment: ClaimSegment): void {
  let start = 0
  for (const { offset, sizeBytes } of liveSegments(fd)) {
    if (offset - start >= segment.sizeBytes) break
    start = Math.max(start, offset + sizeBytes)
  }
  segment.place(fd, start)
}

function eraseSegments(fd: number, owner: string, kept = NONE): void {
  for (const segment of new ClaimTable().read(fd).segments()) {
    if (segment.owner === owner && !kept.has(segment.offset)) eraseHeader(fd, segment.offset)
  }
}

function liveSegments(fd: number): readonly SeenSegment[] {
  const seen = new ClaimTable().read(fd).segments()
  return seen.filter(({ owner }) => isOwner(owner) && !gone.has(owner) && isAlive(owner))
}

function endOf(segments: readonly SeenSegment[]): number {
  return segments.reduce((end, { offset, sizeBytes }) => Math.max(end, offset + sizeBytes), 0)
}

function refuseForeign(path: string, table: ClaimTable): void {
  const head = table.content.subarray(0, HEADER_BYTES)
  if (head.length === HEADER_BYTES && hasMagic(head)) {
    const version = head.readUInt32LE(AT.version)
    if (version !== 0 && version !== CLAIMS_VERSION)
      throw notOurs(path, `it has the format version ${version}`)
  } else if (table.segments().length === 0 && !isBlank(head)) {
    throw notOurs(path, 'it is no file of claims')
  }
}

/** Of a new file, of one that was cut off, and of one that was not yet on the disk when the power failed. */
function isBlank(head: Buffer): boolean {
  return head.every(byte => byte === 0) || (head.length < HEADER_BYTES && hasMagic(head))
}

function hasMagic(head: Buffer): boolean {
  const length = Math.min(head.length, MAGIC.length)
  return head.subarray(0, length).equals(MAGIC.subarray(0, length))
}

function notOurs(path: string, why: string): CacheError {
  return new CacheError(
    'ERR_CACHE_FORMAT',
    `${path} is in the way: ${why} of this version of cachedict, and is left as it is. ` +
      `Move it away if it is yours; update the package if a newer version uses the file.`,
    { details: { path } },
  )
}
