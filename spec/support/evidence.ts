import type { Evidence, ProgramNow } from '../../lib/cache/why/evidence.ts'
import { codeVersionOf } from '../../lib/entries/code-version.ts'
import type { Part } from '../../lib/fingerprint/part.ts'

/** What is known of a call `area(1)` in `/c`, with whatever else is said. */
export function evidenceOf(more: Partial<Evidence> = {}): Evidence {
  return {
    call: 'area(1)',
    place: '/c',
    storeKey: 'c:area:1',
    ttlMs: undefined,
    program: undefined,
    manifest: undefined,
    nearest: undefined,
    parameters: [],
    ...more,
  }
}

/** A program of code `one` that is made of `parts`. */
export function programOf(parts: readonly Part[], more: Partial<ProgramNow> = {}): ProgramNow {
  const values = parts.flatMap(part => (part.kind === 'value' ? [part.digest] : []))
  const version = codeVersionOf({ code: 'one', version: '', deps: '', values })
  return { version, findings: [], parts: () => parts, ...more }
}
