import { resolve } from 'node:path'
import { isCacheError } from '../base/errors.ts'
import { pathFrom } from '../base/path-from.ts'
import { currentProject } from '../config/project.ts'
import { fileDigest } from '../files/file-digest.ts'
import type { Seen, Use } from './made-of.ts'
import { TORN } from './use.ts'

/** That the file at the absolute `path` was read, and what it holds now. One in the project may move with it. */
export function useOfFile(path: string): Omit<Use, 'place'> {
  const key = pathFrom(currentProject().root, path)
  return { what: 'file', key, label: '', codeVersion: '', ...fileSeen(path) }
}

/** Whether the file that `use` names holds what it held then. */
export function isFileStillSo({ key, digest }: Pick<Use, 'key' | 'digest'>): boolean {
  return digest !== TORN.digest && fileSeen(resolve(currentProject().root, key)).digest === digest
}

/** Of one that cannot be read: what is true of none. */
function fileSeen(path: string): Seen {
  try {
    return { stamp: '', digest: fileDigest(path, Date.now()) }
  } catch (error) {
    if (isCacheError(error, 'ERR_CACHE_READ')) return TORN
    throw error
  }
}
