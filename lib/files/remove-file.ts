import { unlinkSync } from 'node:fs'
import { unlessAbsent } from './errno.ts'

/** Removes the file at `path`; one that is gone already is what was wanted. Not durable before the folder is synced. */
export function removeFile(path: string): void {
  unlessAbsent(() => unlinkSync(path))
}
