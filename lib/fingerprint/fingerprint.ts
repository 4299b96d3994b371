import { sha256Hex } from '../keys/sha256.ts'
import type { AnyFunction } from '../keys/source.ts'
import type { CodeReading, CodeScope } from './code-reading.ts'
import type { Finding } from './findings.ts'
import type { Mode } from './mode.ts'
import type { Part } from './part.ts'
import { readCode } from './read-code.ts'

/** What the results of a function depend on in the program. */
export interface Fingerprint {
  /** 64 hexadecimal digits: the same in every process, directory and version of Node in which the program is the same. */
  readonly hash: string
  /** How it was made. The hashes of one mode say nothing about those of the other. */
  readonly mode: Mode
  /** What it was made of: functions, captured values, packages. */
  readonly parts: readonly Part[]
  /** What may make results wrong, or was left out: the clock, chance, files, what the function changes itself. */
  readonly findings: readonly Finding[]
}

export interface FingerprintOptions {
  /** How much counts. Default `'deep'`: the function, all that it reaches, and all that it captures. */
  readonly code?: Exclude<CodeScope, 'off'>
}

/**
 * The fingerprint of `fn` at this moment. Synchronous; costs a fraction of a millisecond for a small function, some
 * twenty milliseconds the first time in a process. Runs none of the program's code. `TypeError` for what is no function.
 */
export function fingerprint(fn: AnyFunction, options: FingerprintOptions = {}): Fingerprint {
  if (typeof fn !== 'function')
    throw new TypeError(
      `fingerprint was given ${fn === null ? 'null' : typeof fn}. Give a function or a class.`,
    )
  const reading = readCode(fn, options.code ?? 'deep')
  return Object.freeze({
    hash: hashOf(reading),
    mode: reading.mode,
    parts: reading.parts(),
    findings: reading.findings,
  })
}

/** One hash of all that was read: code and captured values. */
export function hashOf({ code, values }: Pick<CodeReading, 'code' | 'values'>): string {
  return sha256Hex(`${code} ${values.join(' ')}`)
}
