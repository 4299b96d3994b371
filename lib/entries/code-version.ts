import type { Reason } from '../base/reason.ts'
import type { PropertyPath, ValueChange } from '../fingerprint/watch.ts'
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
  /** The text of one of them as it is now, without the properties at `paths`. Not asked where nothing changes them. */
  readonly valueWithout?: ((index: number, paths: readonly PropertyPath[]) => string) | undefined
}

/** The digest of the code in what an entry says of it; '' where it depends on none. */
export function codeDigestOf({ codeVersion }: Pick<KeptVersion, 'codeVersion'>): string {
  return partsOf(codeVersion).code
}

export const ANY_CODE = ''
/**
 * Stands for a value that evaluating changes: it is not compared. With more behind it, some properties are not: then
 * follow the text of the rest, another `~`, and the paths of the properties.
 */
const VOLATILE = '~'
const DIGEST_DIGITS = 32

/** Completes `parts`. Costs one sha256 of the values' texts, where there are any. */
export function codeVersionOf(parts: CodeParts): CodeVersion {
  const { code, version, deps, values, valueWithout } = parts
  // Written out: each `evaluate` makes one, and spreading is several times slower.
  return { code, version, deps, values, valueWithout, text: render(parts, values) }
}

/** What an entry says of the code that made it. */
export interface KeptVersion {
  /** Code, version, deps, and a digest of the values: as the text of a `CodeVersion`. Some are volatile: it begins with `~`. */
  readonly codeVersion: string
  /** The texts of the values, with spaces between; what is volatile begins with `~`. */
  readonly values: string
}

/**
 * What an entry made by `made` says. `changes`: what the evaluation has changed of the values. What was volatile in
 * `before`, an entry of the same code, stays so.
 */
export function keptVersionOf(
  made: CodeVersion,
  changes: readonly ValueChange[],
  before?: KeptVersion,
): KeptVersion {
  const known = before !== undefined && isOfCode(before, made) ? textsOf(before.values) : []
  const values = made.values.map((text, index) => {
    const own = changes.filter(change => change.index === index)
    const settled = own.find(change => change.settled !== undefined)?.settled
    if (settled !== undefined) return settled
    const volatile = [
      ...own.map(({ paths }) => paths),
      ...(isVolatile(known[index]) ? [pathsOf(known[index])] : []),
    ]
    return volatile.length === 0 ? text : renderVolatile(made, index, volatile)
  })
  const isAsMade = values.every((text, index) => text === made.values[index])
  return { codeVersion: isAsMade ? made.text : render(made, values), values: values.join(' ') }
}

/** `undefined` among `paths`: all of it. */
function renderVolatile(
  { valueWithout }: CodeVersion,
  index: number,
  volatile: readonly (readonly PropertyPath[] | undefined)[],
): string {
  const paths = volatile.includes(undefined) ? undefined : mergedPaths(volatile.flatMap(each => each ?? []))
  if (paths === undefined || valueWithout === undefined) return VOLATILE
  const encoded = Buffer.from(JSON.stringify(paths)).toString('base64url')
  return `${VOLATILE}${valueWithout(index, paths)}${VOLATILE}${encoded}`
}

function mergedPaths(paths: readonly PropertyPath[]): readonly PropertyPath[] {
  const byText = new Map(paths.map(path => [JSON.stringify(path), path]))
  return [...byText.keys()].sort().map(text => byText.get(text) as PropertyPath)
}

function isVolatile(text: string | undefined): boolean {
  return text?.startsWith(VOLATILE) === true
}

/** Which properties are not compared; undefined: nothing of the value is. */
function pathsOf(text: string | undefined): readonly PropertyPath[] | undefined {
  const encoded = text?.split(VOLATILE)[2]
  if (encoded === undefined) return undefined
  try {
    const paths: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    return isPaths(paths) ? paths : []
  } catch {
    // Nobody wrote that.
    return []
  }
}

/** What of an entry's values is not compared: which of them, and which properties of it; undefined: nothing of it is. */
export function volatileIn({ values }: Pick<KeptVersion, 'values'>): readonly ValueChange[] {
  return textsOf(values).flatMap((text, index) => (isVolatile(text) ? [{ index, paths: pathsOf(text) }] : []))
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
  return places.filter(index => !isSameValue(before[index], asked, index))
}

function isSameValue(kept: string | undefined, asked: CodeVersion, index: number): boolean {
  if (index >= asked.values.length) return false
  if (kept === asked.values[index] || kept === VOLATILE) return true
  if (kept === undefined || !isVolatile(kept) || asked.valueWithout === undefined) return false
  const known = compared.get(asked) ?? new Map<string, boolean>()
  compared.set(asked, known)
  const question = `${index} ${kept}`
  const answer =
    known.get(question) ?? asked.valueWithout(index, pathsOf(kept) ?? []) === kept.split(VOLATILE)[1]
  known.set(question, answer)
  return answer
}

/** What was found out about parts of values. It is asked for each hit, and it is no cheap question. */
const compared = new WeakMap<CodeVersion, Map<string, boolean>>()

function judgeParts(codeVersion: string, asked: CodeVersion): Reason | undefined {
  const { code, version, deps } = partsOf(codeVersion)
  if (asked.code !== '' && code !== asked.code) return 'code-changed'
  if (version !== asked.version) return 'version-changed'
  return deps === asked.deps ? undefined : 'dependency-changed'
}

function isPaths(paths: unknown): paths is readonly PropertyPath[] {
  const isPath = (path: unknown) => Array.isArray(path) && path.every(name => typeof name === 'string')
  return Array.isArray(paths) && paths.every(isPath)
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
  return values.some(isVolatile) ? `${VOLATILE}${digest}` : digest
}
