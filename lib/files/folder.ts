import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errno, statOf } from './errno.ts'

/**
 * Creates the folder at `path`, and those above it, where they are missing: private to the user, and durable.
 * Returns whether it was missing.
 */
export function makeFolder(path: string): boolean {
  // One by one from above: Node's own way to make several never returns where the system lets nobody make any (/proc).
  const missing: string[] = []
  for (let folder = resolve(path); !isThere(folder); folder = dirname(folder)) missing.unshift(folder)
  for (const folder of missing) {
    makeOne(folder)
    syncFolder(dirname(folder))
  }
  return missing.length > 0
}

function isThere(folder: string): boolean {
  return statOf(folder)?.isDirectory() === true || folder === dirname(folder)
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Somebody else was quicker.
    if (errno(error) !== 'EEXIST' || !isThere(folder)) throw error
  }
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
