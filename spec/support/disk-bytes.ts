import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What everything in `folder` takes on the disk, as `du` says: what is removed meanwhile counts for nothing. */
export function diskBytes(folder: string): number {
  let bytes = 0
  for (const name of readdirSync(folder, { recursive: true })) {
    const stat = statSync(join(folder, String(name)), { throwIfNoEntry: false })
    if (stat?.isFile()) bytes += stat.blocks * 512
  }
  return bytes
}
