import assert from 'node:assert/strict'
import { Inspector } from '../../lib/base/inspector.ts'
import type { LeftOut } from '../../lib/fingerprint/left-out.ts'
import type { Reached } from '../../lib/fingerprint/reached.ts'
import { Survey } from '../../lib/fingerprint/survey.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'

/** What `body` makes of all that `fn` reaches now. */
export function surveyed<T>(
  fn: AnyFunction,
  body: (reached: readonly Reached[], leftOut: LeftOut) => NonNullable<T>,
): NonNullable<T> {
  const made = Inspector.with(inspector => {
    const { reached, leftOut } = Survey.of(fn, inspector)
    return body(reached, leftOut)
  })
  assert.ok(made !== undefined)
  return made
}
