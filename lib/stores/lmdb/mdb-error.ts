import { getSystemErrorName } from 'node:util'

const DAMAGE: readonly unknown[] = [
  -30797, // MDB_PAGE_NOTFOUND
  -30796, // MDB_CORRUPTED
  -30794, // MDB_VERSION_MISMATCH
  -30793, // MDB_INVALID
  -30784, // MDB_INCOMPATIBLE
]
const PANIC: readonly unknown[] = [
  -30795, // MDB_PANIC
  -30785, // MDB_MAP_RESIZED
]
const MDB_ERROR = { from: -30_800, to: -30_700 }

/** The system's name of an error that LMDB passes on ('ENOSPC'), or LMDB's own ('MDB_MAP_FULL'); undefined for any other. */
export function engineErrno(error: unknown): string | undefined {
  const code = codeOf(error)
  if (code === undefined || !(error instanceof Error)) return undefined
  if (code > 0) return code < 4096 ? getSystemErrorName(-code) : undefined
  return code > MDB_ERROR.from && code < MDB_ERROR.to
    ? (/^MDB_\w+/.exec(error.message)?.[0] ?? 'MDB')
    : undefined
}

/** Whether LMDB found that the file is not what it wrote. */
export function isDamage(error: unknown): boolean {
  return DAMAGE.includes(codeOf(error))
}

/** Whether the database has to be closed and opened again; nothing is wrong with the file. */
export function isPanic(error: unknown): boolean {
  return PANIC.includes(codeOf(error))
}

function codeOf(error: unknown): number | undefined {
  const { code } = Object(error) as { readonly code?: unknown }
  return typeof code === 'number' ? code : undefined
}
