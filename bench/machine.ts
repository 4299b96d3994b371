import { readFileSync, statfsSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What everything was measured on; figures of two machines, or of a busy one and a quiet one, do not compare. */
export interface Machine {
  readonly node: string
  readonly platform: string
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  /** Where the files lay. */
  readonly disk: string
  /** How many processes wanted a core, on average over the last minute: others were at work if it is over 1. */
  readonly load: number
  readonly packages: Readonly<Record<string, string>>
}

/** `folder` lies on the disk that is measured; `manifests` are the package.json files of what takes part. */
export function machineOf(folder: string, manifests: readonly string[]): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    disk: FILE_SYSTEMS.get(statfsSync(folder).type) ?? 'unknown',
    load: loadavg()[0] ?? 0,
    packages: Object.fromEntries(manifests.flatMap(versionIn)),
  }
}

export function renderMachine(machine: Machine): string {
  const { node, platform, processor, cores, memoryGiB, disk, load, packages } = machine
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  return [
    `Node ${node}, ${platform}, ${processor} (${cores} cores), ${memoryGiB} GiB; files on ${disk}; load ${load.toFixed(1)}`,
    versions.join(', '),
  ].join('\n')
}

/** By the numbers in statfs(2). */
const FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x1a, 'apfs'],
  [0x01021994, 'tmpfs (memory: nothing is synced)'],
  [0x794c7630, 'overlayfs'],
])

function versionIn(manifest: string): readonly (readonly [string, string])[] {
  try {
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as { name: string; version: string }
    return [[name, version]]
  } catch (error) {
    // An optional peer that could not be built here.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
