import { inspect } from 'node:util'

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** Milliseconds, or a number and a unit: `'250ms'`, `'90s'`, `'15m'`, `'2h'`, `'7d'`, `'1w'`. */
export type Duration = number | string

/** `duration` in milliseconds: a finite number >= 0. `what` names the option in the `TypeError` for anything else. */
export function durationMs(duration: unknown, what: string): number {
  if (typeof duration === 'number' && duration >= 0 && Number.isFinite(duration)) return duration
  if (typeof duration === 'string') {
    const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/.exec(duration.trim())
    if (match !== null) return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS]
  }
  throw new TypeError(
    `${what} is ${inspect(duration, { depth: 0 })}, which is no duration. ` +
      `Give milliseconds, or a number and a unit such as '90s', '15m', '2h' or '7d'.`,
  )
}
