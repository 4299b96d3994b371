import { hash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { errno } from './errno.ts'

/** A folder of every Linux that lies in memory. */
const SHARED_MEMORY = '/dev/shm'

let folder: string | undefined

/**
 * Where a file of `path` lies that is of no use after a reboot: in memory, so that writing it keeps no disk busy, and the same
 * for all processes of this user; or else beside `path`. The folder there is private: another user's is not used.
 */
export function memoryPath(path: string, suffix: string): string {
  folder ??= privateFolder() ?? ''
  const beside = `${path}${suffix}`
  if (folder === '') return beside
  // The beginning is for people who look there.
  const name = basename(beside).slice(0, 60)
  return join(folder, `${hash('sha256', beside, 'hex').slice(0, 32)}-${name}`)
}

/** Undefined where there is none that nobody else can write in. */
export function privateFolder(parent = SHARED_MEMORY): string | undefined {
  const user = process.getuid?.()
  if (user === undefined) return undefined
  const path = join(parent, `cachedict-${user}`)
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Somebody else was quicker, or it must not be: looked at next.
    if (errno(error) === undefined) throw error
  }
  const stat = lstatSync(path, { throwIfNoEntry: false })
  const isOurs = stat?.isDirectory() === true && stat.uid === user && (stat.mode & 0o022) === 0
  return isOurs ? path : undefined
}
