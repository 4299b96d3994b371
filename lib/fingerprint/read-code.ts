import { Inspector } from '../base/inspector.ts'
import { sha256Hex } from '../keys/sha256.ts'
import { type AnyFunction, isNative } from '../keys/source.ts'
import type { CodeReading, CodeScope } from './code-reading.ts'
import { formOf } from './form-of.ts'
import { mode } from './mode.ts'
import { NORMAL_FORMAT, renderNormalForm } from './normal-form/normal-form.ts'
import { partsOf } from './parts-of.ts'
import { Recheck } from './recheck.ts'
import { refusalOf } from './refusal-of.ts'
import { readStatic } from './static.ts'
import { Survey } from './survey.ts'

/** Raised when anything changes what a fingerprint is made of. */
const FORMAT = 1
const DIGITS = 32

/** Reads what `fn` depends on. Synchronous; it runs none of the program's code. */
export function readCode(fn: AnyFunction, scope: CodeScope): CodeReading {
  if (scope === 'off') return NOTHING
  // A bound function and a Proxy have no text of their own.
  if (scope === 'own' && !isNative(fn)) return { ...NOTHING, code: codeOf('own', [ownText(fn)]) }
  const inspected = mode() === 'inspector' ? inspect(fn) : undefined
  if (inspected !== undefined) return inspected
  const { text, ...reading } = readStatic(fn)
  return { ...reading, code: codeOf('static', [text]) }
}

const NOTHING: CodeReading = {
  mode: 'inspector',
  code: '',
  values: [],
  watch: () => () => [],
  valueWithout: () => '',
  refusal: undefined,
  isProvisional: false,
  findings: [],
  parts: () => [],
}

function inspect(fn: AnyFunction): CodeReading | undefined {
  return Inspector.with(inspector => {
    const survey = Survey.of(fn, inspector)
    const findings = [...survey.findings.values()]
    const recheck = new Recheck(survey.reached, survey.leftOut)
    // Without the values: they are not to be kept alive.
    const described = survey.reached.map(({ fn, path, place, slots }) => ({
      fn,
      path,
      place,
      slots: slots.map(slot => ({ path: slot.path, digest: slot.digest })),
    }))
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
      refusal: refusalOf(survey.reached),
      isProvisional: findings.some(({ kind }) => kind === 'tdz'),
      findings,
      parts: () => partsOf(described),
    }
  })
}

/** The text of a function alone, names of the outside included. */
function ownText(fn: AnyFunction): string {
  return renderNormalForm(formOf(fn), ({ name, isSelf }) => ({ text: isSelf ? '' : name, consumed: 0 }))
}

function codeOf(how: string, texts: readonly string[]): string {
  const whole = texts.map(text => `${text.length}:${text}`).join('\n')
  const bytes = `${FORMAT}.${NORMAL_FORMAT} ${how}\n${whole}`
  return sha256Hex(bytes.isWellFormed() ? bytes : Buffer.from(bytes, 'utf16le')).slice(0, DIGITS)
}
