import { renameSync, rmSync, writeFileSync } from 'node:fs'

/** Takes a folder away, so that nothing in it can be read or written, also by root; and gives it back. */
export function blockedFolder(path: string): { block(): void; open(): void } {
  return {
    block: () => {
      renameSync(path, `${path} taken away`)
      writeFileSync(path, 'no folder')
    },
    open: () => {
      rmSync(path)
      renameSync(`${path} taken away`, path)
    },
  }
}
