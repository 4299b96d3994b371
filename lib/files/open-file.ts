import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { unlessAbsent } from './errno.ts'

/** Opens the file at `path` to be read; undefined where there is none: what else lies there (a pipe, a folder) counts as nothing. */
export function openFileToRead(path: string): number | undefined {
  // Whoever opens a pipe would wait for its other end.
  const fd = unlessAbsent(() => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)))
  if (fd === undefined || fstatSync(fd).isFile()) return fd
  closeSync(fd)
  return undefined
}
