import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'

/** Creates `folder`, and those above it, where they are missing: private to the user. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
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
