import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Creates the folder at `path`, and those above it, where they are missing: private to the user, and durable.
 * Returns whether it was missing.
 */
export function makeFolder(path: string): boolean {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return false
  for (let folder = resolve(path); folder.length >= first.length; folder = dirname(folder)) {
    syncFolder(dirname(folder))
  }
  return true
}

/** Makes the names in `folder` durable. Windows cannot sync a folder, and need not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
