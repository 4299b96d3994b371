import { type BigIntStats, statSync } from 'node:fs'
import { unlessAbsent } from './errno.ts'

/** What a file system says of a file; as long as it says the same, the content is taken to be the same. */
export interface FileStamp {
  readonly kind: 'file' | 'folder' | 'other'
  /** Size, times of change, and number of the file, as one text. */
  readonly text: string
  readonly changedAtMs: number
}

/** The stamp of what lies at `path`, through symbolic links; undefined if nothing does. Other errors are thrown. */
export function stampOf(path: string): FileStamp | undefined {
  const stats = unlessAbsent(() => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return stats && toStamp(stats)
}

/** The stamp of a file of which this is known. */
export function toStamp(stats: BigIntStats): FileStamp {
  const { dev, ino, size, mtimeNs, ctimeNs } = stats
  return {
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
    text: `${dev}.${ino}.${size}.${mtimeNs}.${ctimeNs}`,
    changedAtMs: Math.max(toMs(mtimeNs), toMs(ctimeNs)),
  }
}

function toMs(timeNs: bigint): number {
  return Number(timeNs / 1_000_000n)
}

/** The coarsest clock of a file system, that of FAT. */
const COARSEST_CLOCK_MS = 2_000

/**
 * Whether a stamp that was taken at `nowMs`, before the file was read, will be another one after every later change. A file
 * that changed a moment ago may change once more within one tick of the file system's clock, and keep its size.
 */
export function isSettled(stamp: FileStamp, nowMs: number): boolean {
  return nowMs - stamp.changedAtMs >= COARSEST_CLOCK_MS
}
