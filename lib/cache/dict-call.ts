import type { Codec } from '../codec/codec.ts'
import type { CodeVersion } from '../entries/code-version.ts'
import type { Flags } from './access.ts'
import type { Call } from './call.ts'
import { keyBytesOf, labelOf } from './dict-key.ts'
import type { EvaluateOptions } from './options.ts'
import { programOf } from './program.ts'
import { renderValue } from './render-call.ts'
import { resolveEvaluate } from './settings.ts'
import type { ExplainedCall } from './why/explain-call.ts'

/** What holds for every `evaluate` of one dictionary. */
export interface DictDefaults {
  readonly access: Flags
  readonly codec: Codec
}

/** The call that `evaluate(key, fn, options)` of a dictionary makes; `options` were checked. */
export function dictCall(
  key: unknown,
  storeKey: string,
  fn: () => unknown,
  options: EvaluateOptions,
  defaults: DictDefaults,
): Call {
  // Of its own: each call brings a function of its own, with what that captures now.
  const program = programOf(fn, options)
  let code: CodeVersion | undefined
  const codeOnce = () => {
    code ??= program.version()
    return code
  }
  return {
    settings: resolveEvaluate(options, { ...defaults, name: fn.name }),
    storeKey,
    program,
    code: codeOnce,
    label: () => labelOf(key, storeKey),
    title: () => titleOf(key),
    args: [],
    labels: () => ({ key: keyBytesOf(key, storeKey), args: undefined }),
    fn,
    evaluate: fn,
    isSame: () => true,
    isCurrent: () => programOf(fn, options).version().text === codeOnce().text,
    isMutable: () => false,
    shown: () => [key],
    refresh: options.refresh ?? false,
    signal: options.signal,
  }
}

/** For messages. */
export function titleOf(key: unknown): string {
  return `the key ${renderValue(key)}`
}

/** Instead of what a call asks of its code: what lies there counts, whoever made it. */
export const WHATEVER_CODE = {
  code: () => undefined,
  program: {
    refusal: () => undefined,
    watch: () => () => [],
    reading: () => ({ code: '', findings: [], parts: () => [] }),
  },
} satisfies Pick<ExplainedCall, 'code' | 'program'>
