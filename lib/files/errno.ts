import { type Stats, statSync } from 'node:fs'

/** The system's name of an error (`'ENOENT'`), or undefined for an error that no system call gave. */
export function errno(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error ? (error as NodeJS.ErrnoException).code : undefined
}

/** Runs `body`; undefined where the file that it needs does not exist. Every other error is thrown. */
export function unlessAbsent<T>(body: () => T): T | undefined {
  try {
    return body()
  } catch (error) {
    if (errno(error) === 'ENOENT' || errno(error) === 'ENOTDIR') return undefined
    throw error
  }
}

/** What lies at `path`, through symbolic links; undefined if nothing does. */
export function statOf(path: string): Stats | undefined {
  return unlessAbsent(() => statSync(path, { throwIfNoEntry: false }))
}
