import { fstatSync, readSync } from 'node:fs'
import { enginePath } from './engine.ts'

const MAGIC = 0xbeefc0de
/** Where a meta page says what it is, and how large pages are. */
const META = { magic: 24, pageBytes: 48, bytes: 52 }
/** A child that finds nothing wrong for so long has looked long enough. */
const LONGEST_CHECK_MS = 20_000
const KILLED_AFTER_MS = 60_000

/** What is wrong with a database that can be seen without opening it; undefined for nothing. Cheap. */
export function seenDamage(dataFd: number): string | undefined {
  if (fstatSync(dataFd).size === 0) return 'it is empty'
  const pageBytes = pageBytesAt(dataFd, 0)
  const isWhole = pageBytes !== undefined && pageBytesAt(dataFd, pageBytes) === pageBytes
  return isWhole ? undefined : 'its first pages are damaged'
}

/**
 * Whether another process can read all of the database at `path`; what became of that process where not. Costs its start,
 * and reading the database once, at most for 20 s. Call it while nobody can begin to write.
 */
export function hiddenDamage(path: string): string | undefined {
  return endOf(READ_ALL, path)
}

/** The same for beginning to write, which reads what pages are free. Call it while nobody else writes. */
export function hiddenFreeDamage(path: string): string | undefined {
  return endOf(TRY_TO_WRITE, path)
}

function endOf(program: string, path: string): string | undefined {
  // Loaded where needed: hardly ever.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const args = ['-e', program, enginePath(), path, String(LONGEST_CHECK_MS)]
  // No environment: NODE_OPTIONS may hold anything.
  const { error, status, signal } = spawnSync(process.execPath, args, {
    env: {},
    stdio: 'ignore',
    timeout: KILLED_AFTER_MS,
    killSignal: 'SIGKILL',
  })
  // No process can be started here, or it takes too long: nothing is known against the file.
  if (error !== undefined) return undefined
  return status === 0 ? undefined : `reading it ended a process with ${signal ?? `exit code ${status}`}`
}

/** CommonJS, for a process without a loader. Read-only: who opens to write may have to wait for a stopped writer. */
const READ_ALL = `
const [, enginePath, path, longestMs] = process.argv
const { open } = require(enginePath)
const until = Date.now() + Number(longestMs)
const db = open(path, { noSubdir: true, readOnly: true, encoding: 'binary', keyEncoding: 'binary', maxReaders: 1000 })
let key = Buffer.of(0)
let count = 0
for (let rows = [0]; rows.length > 0 && Date.now() < until; count += rows.length) {
  rows = [...db.getRange({ start: key, exclusiveStart: true, limit: 1000 })]
  if (rows.length > 0) key = rows[rows.length - 1].key
}
// A walk ends at a damaged page as if that were the end.
process.exit(count < db.getStats().entryCount && Date.now() < until ? 1 : 0)
`

/** What is taken back makes LMDB read its list of free pages. */
const TRY_TO_WRITE = `
const [, enginePath, path] = process.argv
const { open, ABORT } = require(enginePath)
const db = open(path, { noSubdir: true, overlappingSync: false, encoding: 'binary', keyEncoding: 'binary', maxReaders: 1000 })
db.transactionSync(() => {
  for (let size = 100; size < 100_000; size *= 2) db.putSync(Buffer.from('x' + size), Buffer.alloc(size))
  return ABORT
})
process.exit(0)
`

/** The size of pages that the meta page at `at` tells; undefined if there is none. */
function pageBytesAt(fd: number, at: number): number | undefined {
  const bytes = Buffer.alloc(META.bytes)
  if (readSync(fd, bytes, 0, META.bytes, at) < META.bytes || bytes.readUInt32LE(META.magic) !== MAGIC)
    return undefined
  const pageBytes = bytes.readUInt32LE(META.pageBytes)
  const isPower = pageBytes >= 256 && pageBytes <= 65_536 && (pageBytes & (pageBytes - 1)) === 0
  return isPower ? pageBytes : undefined
}
