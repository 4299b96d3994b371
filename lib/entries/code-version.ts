import type { Reason } from '../base/reason.ts'
import { sha256Hex } from '../keys/sha256.ts'

/** What of the program a result depends on. */
export interface CodeVersion extends CodeParts {
  /** All of it as one text: what an entry says that was made by it. */
  readonly text: string
}

/** Each is a digest, '' where it is not asked for. */
export interface CodeParts {
  readonly code: string
  readonly version: string
  readonly deps: string
  /** One short text for each captured value, in an order that `code` fixes. */
  readonly values: readonly string[]
}

export const ANY_CODE = ''
/** Stands for a value that evaluating changes: it is not compared. */
const VOLATILE = '~'
const DIGEST_DIGITS = 32

/** Completes `parts`. Costs one sha256 of the values' texts, where there are any. */
export function codeVersionOf(parts: CodeParts): CodeVersion {
  const { code, version, deps, values } = parts
  // Written out: each `evaluate` makes one, and spreading is several times slower.
  return { code, version, deps, values, text: render(parts, values) }
}

/** What an entry says of the code that made it. */
export interface KeptVersion {
  /** Code, version, deps, and a digest of the values: as the text of a `CodeVersion`. Some are volatile: it begins with `~`. */
  readonly codeVersion: string
  /** The texts of the values, with spaces between; `~` for a volatile one. */
  readonly values: string
}

/**
 * What an entry made by `made` says. Values at `volatile` are those that the evaluation has changed. What was volatile in
 * `before`, an entry of the same code, stays so.
 */
export function keptVersionOf(
  made: CodeVersion,
  volatile: readonly number[],
  before?: KeptVersion,
): KeptVersion {
  const known = before !== undefined && isOfCode(before, made) ? textsOf(before.values) : []
  const values = [...made.values]
  known.forEach((text, index) => {
    if (text === VOLATILE) values[index] = VOLATILE
  })
  for (const index of volatile) if (index < values.length) values[index] = VOLATILE
  const isWhole = !values.includes(VOLATILE)
  return { codeVersion: isWhole ? made.text : render(made, values), values: values.join(' ') }
}

/** Why a result made by `kept` is not one of `asked`; undefined where it is. Any code serves where none is asked for. */
export function judgeCodeVersion(kept: KeptVersion, asked: CodeVersion | undefined): Reason | undefined {
  const { codeVersion } = kept
  // Every hit asks: nothing is cut out for it.
  if (codeVersion === ANY_CODE || asked === undefined || codeVersion === asked.text) return undefined
  const reason = judgeParts(codeVersion, asked)
  if (reason !== undefined || asked.code === '') return reason
  return changedValues(kept, asked).length === 0 ? undefined : 'code-changed'
}

/** Whether an entry that says `codeVersion` may be one of `asked`: its volatile values are known when it is read. */
export function mayBeOf(codeVersion: string, asked: CodeVersion | undefined): boolean {
  if (codeVersion === ANY_CODE || asked === undefined || codeVersion === asked.text) return true
  if (judgeParts(codeVersion, asked) !== undefined) return false
  return asked.code === '' || partsOf(codeVersion).values.startsWith(VOLATILE)
}

/** Which values are not what they were, where the code is the same: their places in the order of `asked`. */
export function changedValues(kept: KeptVersion, asked: CodeVersion): readonly number[] {
  const before = textsOf(kept.values)
  if (asked.code === '' || partsOf(kept.codeVersion).code !== asked.code) return []
  const places = Array.from({ length: Math.max(before.length, asked.values.length) }, (_, index) => index)
  return places.filter(
    index =>
      before[index] !== asked.values[index] && (before[index] !== VOLATILE || index >= asked.values.length),
  )
}

function judgeParts(codeVersion: string, asked: CodeVersion): Reason | undefined {
  const { code, version, deps } = partsOf(codeVersion)
  if (asked.code !== '' && code !== asked.code) return 'code-changed'
  if (version !== asked.version) return 'version-changed'
  return deps === asked.deps ? undefined : 'dependency-changed'
}

function isOfCode(kept: KeptVersion, made: CodeVersion): boolean {
  const isSame = made.code !== '' && partsOf(kept.codeVersion).code === made.code
  return isSame && textsOf(kept.values).length === made.values.length
}

function partsOf(codeVersion: string): Omit<CodeParts, 'values'> & { readonly values: string } {
  const [code = '', version = '', deps = '', values = ''] = codeVersion.split('.')
  return { code, version, deps, values }
}

function textsOf(values: string): readonly string[] {
  return values === '' ? [] : values.split(' ')
}

function render({ code, version, deps }: CodeParts, values: readonly string[]): string {
  return `${code}.${version}.${deps}.${renderValues(values)}`
}

function renderValues(values: readonly string[]): string {
  if (values.length === 0) return ''
  const digest = sha256Hex(values.join(' ')).slice(0, DIGEST_DIGITS)
  return values.includes(VOLATILE) ? `${VOLATILE}${digest}` : digest
}
