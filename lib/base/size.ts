import { inspect } from 'node:util'

const UNIT_BYTES = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
} as const

/** Bytes, or a number and a unit: `'500 KB'`, `'50 MB'`, `'1.5GB'`, or in powers of 1024 `'64 MiB'`. */
export type Size = number | string

/** `size` in whole bytes: at least 1. `what` names the option in the `TypeError` for anything else. */
export function sizeBytes(size: unknown, what: string): number {
  const bytes = Math.floor(bytesOf(size))
  // A NaN is no size either.
  if (bytes >= 1 && bytes <= Number.MAX_SAFE_INTEGER) return bytes
  throw new TypeError(
    `${what} is ${inspect(size, { depth: 0 })}, which is no size. ` +
      `Give bytes, or a number and a unit such as '500 KB', '50 MB' or '10 GB'; at least 1 byte.`,
  )
}

/** For people: `12.3 MB`, in decimal units. */
export function renderSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let [value, at] = [bytes, 0]
  // What would be rounded to 1000 is 1 of the next.
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1e3
    at += 1
  }
  return `${at === 0 ? Math.round(value) : Number(value.toPrecision(3))} ${units[at]}`
}

function bytesOf(size: unknown): number {
  if (typeof size === 'number') return size
  if (typeof size !== 'string') return Number.NaN
  const match = /^(\d+(?:\.\d+)?)\s*(b|[kmgt]i?b)$/i.exec(size.trim())
  // The pattern admits only these units.
  return match === null
    ? Number.NaN
    : Number(match[1]) * UNIT_BYTES[match[2]!.toLowerCase() as keyof typeof UNIT_BYTES]
}
