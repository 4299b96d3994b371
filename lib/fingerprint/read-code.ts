import { Inspector } from '../base/inspector.ts'
import { sha256OfText } from '../keys/sha256.ts'
import { type AnyFunction, isNative } from '../keys/source.ts'
import { type CodeReading, type CodeScope, NOTHING_READ } from './code-reading.ts'
import { hasChangedSince } from './has-changed.ts'
import type { LeftOut } from './left-out.ts'
import { mode } from './mode.ts'
import { NORMAL_FORMAT } from './normal-form/normal-form.ts'
import { ownTextOf } from './own-text.ts'
import { partsOf } from './parts-of.ts'
import { Recheck } from './recheck.ts'
import { refusalOf } from './refusal-of.ts'
import { readStatic } from './static.ts'
import { Survey } from './survey.ts'

/** Raised when anything changes what a fingerprint is made of. */
const FORMAT = 1
const DIGITS = 32

/**
 * Reads what `fn` depends on. Synchronous; it runs none of the program's code. `again`: it will be asked whether it still
 * holds.
 */
export function readCode(fn: AnyFunction, scope: CodeScope, again?: 'again'): CodeReading {
  if (scope === 'off') return NOTHING_READ
  // A bound function and a Proxy have no text of their own.
  if (scope === 'own' && !isNative(fn)) return { ...NOTHING_READ, code: codeOf('own', [ownTextOf(fn)]) }
  const inspected = mode() === 'inspector' ? inspect(fn, { isAskedAgain: again !== undefined }) : undefined
  if (inspected !== undefined) return inspected
  const { text, ...reading } = readStatic(fn)
  return { ...reading, code: codeOf('static', [text]) }
}

function inspect(
  fn: AnyFunction,
  { isAskedAgain, leftOut }: { readonly isAskedAgain: boolean; readonly leftOut?: LeftOut },
): CodeReading | undefined {
  return Inspector.with(inspector => {
    const survey = Survey.of(fn, inspector, leftOut)
    const findings = [...survey.findings.values()]
    const recheck = new Recheck(survey.reached, survey.leftOut)
    // Without the values: they are not to be kept alive.
    const described = survey.reached.map(({ fn, path, place, slots }) => ({
      fn,
      path,
      place,
      slots: slots.map(slot => ({ path: slot.path, digest: slot.digest })),
    }))
    const hasChanged = isAskedAgain ? hasChangedSince(survey.reached, survey.leftOut) : () => false
    const values = survey.slots.map(({ digest }) => digest)
    return {
      mode: 'inspector',
      code: codeOf(
        'inspector',
        survey.reached.map(({ text }) => text),
      ),
      values,
      watch: () => recheck.watch(),
      valueWithout: (index, paths) => recheck.valueWithout(index, paths),
      hasChanged,
      without: changes =>
        inspect(fn, { isAskedAgain: false, leftOut: recheck.leftOut(changes) }) ?? NOTHING_READ,
      refusal: refusalOf(survey.reached),
      isProvisional: findings.some(({ kind }) => kind === 'tdz'),
      findings,
      parts: () => partsOf(described),
    }
  })
}

function codeOf(how: string, texts: readonly string[]): string {
  const whole = texts.map(text => `${text.length}:${text}`).join('\n')
  return sha256OfText(`${FORMAT}.${NORMAL_FORMAT} ${how}\n${whole}`).slice(0, DIGITS)
}
