import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Blocks are counted in 512 bytes, whatever the file system's own are: stat(2). */
const BLOCK_BYTES = 512

/** What `du` shows of a folder: the blocks of everything in it. Others may be at work there. */
export function sizeOnDisk(path: string): number {
  try {
    const { blocks, size } = lstatSync(path)
    // Windows tells no blocks.
    return (blocks === undefined ? size : blocks * BLOCK_BYTES) + inside(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

function inside(path: string): number {
  if (!lstatSync(path).isDirectory()) return 0
  return readdirSync(path).reduce((sum, name) => sum + sizeOnDisk(join(path, name)), 0)
}
