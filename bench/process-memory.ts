import { readFileSync } from 'node:fs'

/** What a process has in memory. */
export interface ProcessMemory {
  /** The most that was ever resident, mapped pages of files included; elsewhere than on Linux, what is now. */
  readonly peakBytes: number
  /** Without pages of files, which the system can take back at any time. Only Linux tells. */
  readonly ownBytes: number | undefined
}

/** Of this process. */
export function processMemory(): ProcessMemory {
  if (process.platform !== 'linux') {
    return { peakBytes: process.memoryUsage.rss(), ownBytes: undefined }
  }
  // Not resourceUsage(): its maximum is handed down by whoever starts a process.
  const status = readFileSync('/proc/self/status', 'utf8')
  return { peakBytes: lineOf(status, 'VmHWM'), ownBytes: lineOf(status, 'RssAnon') }
}

function lineOf(status: string, name: string): number {
  const kib = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]
  return kib === undefined ? Number.NaN : Number(kib) * 1024
}
