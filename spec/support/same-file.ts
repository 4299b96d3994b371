import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Everything that can be seen of what lies in `folder`: names, kinds, times, bytes. */
export function pictureOf(folder: string): unknown {
  return readdirSync(folder)
    .sort()
    .map(name => {
      const { ino, size, mtimeNs, mode } = lstatSync(join(folder, name), { bigint: true })
      const isFile = (mode & 0o170000n) === 0o100000n
      return {
        name,
        ino,
        size,
        mtimeNs,
        mode,
        bytes: isFile ? readFileSync(join(folder, name), 'hex') : undefined,
      }
    })
}

/** How many files this process has open. */
export function openFiles(): number {
  return readdirSync('/proc/self/fd').length
}
