import { createHash } from 'node:crypto'
import { closeSync, fstatSync, readSync } from 'node:fs'
import { CacheError } from '../base/errors.ts'
import { errno } from './errno.ts'
import { type FileStamp, stampOf, toStamp } from './file-stamp.ts'
import { openFileToRead } from './open-file.ts'
import { RememberedFiles } from './remembered-files.ts'

/**
 * The content of the file at the absolute `path` as a short text: `sha256:` and 64 digits, or `absent` where there is no
 * file, which is a state like any other. A file is read again only when its size, times or number changed since this
 * process last read it, or when that was within two seconds of its last change. Throws ERR_CACHE_READ for a folder, and
 * for what cannot be read.
 */
export function fileDigest(path: string, nowMs: number): string {
  try {
    return digestNow(path, nowMs)
  } catch (cause) {
    // Node's permission model says it in its own way.
    const code = errno(cause) ?? (isDenied(cause) ? 'ERR_ACCESS_DENIED' : undefined)
    if (code === undefined) throw cause
    throw new CacheError(
      'ERR_CACHE_READ',
      `${path} could not be read (${(cause as Error).message}), so what depends on it cannot be compared. Make it readable, or leave it out.`,
      { details: { path, errno: code }, cause },
    )
  }
}

const ABSENT = 'absent'
/** So many files are remembered. */
const MOST_FILES = 4_096
/** A file that is being written is read so often, in the hope that it is left alone meanwhile. */
const MOST_READINGS = 3
const CHUNK_BYTES = 1 << 20

const digests = new RememberedFiles<string>(MOST_FILES)

function digestNow(path: string, nowMs: number): string {
  const stamp = stampOf(path)
  if (stamp === undefined) return ABSENT
  if (stamp.kind !== 'file') throw notAFile(path, stamp)
  const known = digests.get(path, stamp)
  if (known !== undefined) return known
  for (let count = 1; ; count += 1) {
    const reading = read(path)
    if (reading === undefined) return ABSENT
    if (reading.isWhole) digests.note(path, reading.digest, { stamp: reading.stamp, nowMs })
    if (reading.isWhole || count === MOST_READINGS) return reading.digest
  }
}

interface Reading {
  readonly stamp: FileStamp
  readonly digest: string
  /** Nobody changed the file while it was read. */
  readonly isWhole: boolean
}

/** Undefined where the file was removed since. */
function read(path: string): Reading | undefined {
  const fd = openFileToRead(path)
  if (fd === undefined) return undefined
  try {
    const stamp = toStamp(fstatSync(fd, { bigint: true }))
    const hash = createHash('sha256')
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let at = 0; ; ) {
      const count = readSync(fd, chunk, 0, CHUNK_BYTES, at)
      if (count === 0) break
      hash.update(chunk.subarray(0, count))
      at += count
    }
    const isWhole = toStamp(fstatSync(fd, { bigint: true })).text === stamp.text
    return { stamp, digest: `sha256:${hash.digest('hex')}`, isWhole }
  } finally {
    closeSync(fd)
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED'
}

function notAFile(path: string, { kind }: FileStamp): CacheError {
  const what = kind === 'folder' ? 'a folder' : 'a device, a pipe or a socket'
  return new CacheError(
    'ERR_CACHE_READ',
    `${path} is ${what}, and has no content to compare. Name the files that the result depends on.`,
    { details: { path } },
  )
}
