import { type Fingerprint, fingerprint } from '../../lib/fingerprint/fingerprint.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'

/** What `fingerprint` says of the function that the JavaScript `program` returns, which is run as the body of a function. */
export function fingerprintOf(program: string, values: Readonly<Record<string, unknown>> = {}): Fingerprint {
  return fingerprint(made(program, values) as AnyFunction)
}

/** What the JavaScript `program` returns. `values` are variables that it sees. */
export function made(program: string, values: Readonly<Record<string, unknown>> = {}): unknown {
  return new Function(...Object.keys(values), program)(...Object.values(values))
}

/** `kind path` of each finding. */
export function findingsOf(
  program: string,
  values: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return fingerprintOf(program, values).findings.map(({ kind, path }) => `${kind} ${path}`)
}

/** Whether an edit of a program is seen. */
export function tells(program: string, from: string, to: string): boolean {
  if (!program.includes(from)) throw new Error(`${from} is not in ${program}`)
  return fingerprintOf(program).hash !== fingerprintOf(program.replace(from, to)).hash
}
