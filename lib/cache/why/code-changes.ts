import type { FunctionPart, PackagePart, Part, ValuePart } from '../../fingerprint/part.ts'
import { type Pair, pairFunctions } from './pair-functions.ts'
import { renderDigest } from './render-digest.ts'
import { sourceDiff } from './source-diff.ts'

/** One thing in the program that is not what it was. */
export interface CodeChange {
  /** A function was edited; a captured value, or the version of a package, is another; something is there, or gone, that was not. */
  readonly kind: 'function' | 'value' | 'package' | 'added' | 'removed'
  /** The way to it: `report > fetchRate`. */
  readonly path: string
  /** Of a function its place, `rates.mjs:12`; of a value, what may be told of it; of a package `lodash 4.17.20`. */
  readonly before?: string
  readonly after?: string
  /** Of a function: what changed in its source, as a unified diff. Of the first three only. */
  readonly diff?: string
}

const MOST_DIFFS = 3

/**
 * What makes `after` another program than `before`: functions, then captured values, packages, what is new, and what is
 * gone. Empty where the parts do not tell.
 */
export function codeChanges(before: readonly Part[], after: readonly Part[]): readonly CodeChange[] {
  const pairs = pairFunctions(before.filter(isFunction), after.filter(isFunction))
  const edited = pairs.filter(({ before, after }) => before && after && before.hash !== after.hash)
  const others = [
    ...valueChanges(before, after, pairs),
    ...packageChanges(before.filter(isPackage), after.filter(isPackage)),
    ...pairs.flatMap(newOrGone),
  ]
  if (edited.length + others.length > 0) return [...withDiffs(edited), ...inOrder(others)]
  // The same pieces put together in another way: a call of one function in the place of another, say.
  return withDiffs(pairs.filter(({ before, after }) => before && after && before.source !== after.source))
}

/** The captured values that `before` and `after` are texts of, in the order in which `parts` names them, and which differ. */
export function valueChangesAt(
  places: readonly number[],
  parts: readonly Part[],
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): readonly CodeChange[] {
  const values = parts.filter(isValue)
  return places.map(place => ({
    kind: 'value',
    path: values[place]?.path ?? `captured value ${place + 1}`,
    before: renderDigest(before[place] ?? ''),
    after: renderDigest(after[place] ?? ''),
  }))
}

/** `parts` with the captured values that an entry names: a manifest shows those of the first result of its code. */
export function withValues(parts: readonly Part[], texts: readonly string[]): readonly Part[] {
  if (parts.filter(isValue).length !== texts.length) return parts
  let place = 0
  return parts.map(part => (part.kind === 'value' ? { ...part, digest: texts[place++]! } : part))
}

const ORDER: readonly CodeChange['kind'][] = ['function', 'value', 'package', 'added', 'removed']

function inOrder(changes: readonly CodeChange[]): readonly CodeChange[] {
  return changes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

function withDiffs(pairs: readonly Pair[]): readonly CodeChange[] {
  let diffs = 0
  const changes: CodeChange[] = []
  for (const { before, after } of pairs) {
    if (before === undefined || after === undefined) continue
    const isShown = before.source !== '' && after.source !== '' && ++diffs <= MOST_DIFFS
    const diff = isShown
      ? sourceDiff({ ...before, title: titleOf(before) }, { ...after, title: titleOf(after) })
      : undefined
    changes.push({
      kind: 'function',
      path: after.path,
      ...placesOf(before, after),
      ...(diff === undefined ? {} : { diff }),
    })
  }
  return changes
}

function titleOf({ path, file }: FunctionPart): string {
  return file === '' ? path : file
}

function placesOf(before: FunctionPart | undefined, after: FunctionPart | undefined) {
  const was = before && placeOf(before)
  const is = after && placeOf(after)
  return { ...(was && { before: was }), ...(is && { after: is }) }
}

function placeOf({ file, line }: FunctionPart): string {
  return line === 0 ? file : `${file}:${line}`
}

function newOrGone({ before, after }: Pair): readonly CodeChange[] {
  if (before !== undefined && after !== undefined) return []
  const kind = before === undefined ? 'added' : 'removed'
  return [{ kind, path: (before ?? after)!.path, ...placesOf(before, after) }]
}

/** Of functions that were there and still are: what a new function captures is no news of its own. */
function valueChanges(
  before: readonly Part[],
  after: readonly Part[],
  pairs: readonly Pair[],
): readonly CodeChange[] {
  const [was, is] = [valuesByOwner(before), valuesByOwner(after)]
  return pairs.flatMap(({ before, after }) => {
    if (before === undefined || after === undefined) return []
    const old = labelled(was.get(before) ?? [], before)
    const now = labelled(is.get(after) ?? [], after)
    const labels = new Set([...now.keys(), ...old.keys()])
    return [...labels].flatMap(label => valueChange(`${after.path}${label}`, old.get(label), now.get(label)))
  })
}

function valueChange(
  path: string,
  before: string | undefined,
  after: string | undefined,
): readonly CodeChange[] {
  if (before === after || before?.startsWith('~')) return []
  if (before === undefined) return [{ kind: 'added', path, after: renderDigest(after ?? '') }]
  if (after === undefined) return [{ kind: 'removed', path, before: renderDigest(before) }]
  return [{ kind: 'value', path, before: renderDigest(before), after: renderDigest(after) }]
}

/** Values come behind the function that captures them. */
function valuesByOwner(parts: readonly Part[]): ReadonlyMap<Part, readonly ValuePart[]> {
  const owned = new Map<Part, ValuePart[]>()
  let values: ValuePart[] = []
  for (const part of parts) {
    if (part.kind === 'value') values.push(part)
    else {
      values = []
      owned.set(part, values)
    }
  }
  return owned
}

/** Digests by what follows the path of the owner. */
function labelled(values: readonly ValuePart[], owner: FunctionPart): ReadonlyMap<string, string> {
  return new Map(
    values.map(({ path, digest }) => [
      path.startsWith(owner.path) ? path.slice(owner.path.length) : ` > ${path}`,
      digest,
    ]),
  )
}

/** A package counts once, however many of its functions are reached. */
function packageChanges(
  before: readonly PackagePart[],
  after: readonly PackagePart[],
): readonly CodeChange[] {
  const changes = new Map<string, CodeChange>()
  const versionsOf = (parts: readonly PackagePart[], name: string) => [
    ...new Set(parts.filter(part => part.name === name).map(part => part.version)),
  ]
  for (const { name, path } of [...after, ...before]) {
    if (changes.has(name)) continue
    const was = versionsOf(before, name).join(', ')
    const is = versionsOf(after, name).join(', ')
    if (was === is) continue
    const kind = was === '' ? 'added' : is === '' ? 'removed' : 'package'
    const told = {
      ...(was === '' ? {} : { before: `${name} ${was}` }),
      ...(is === '' ? {} : { after: `${name} ${is}` }),
    }
    changes.set(name, { kind, path, ...told })
  }
  return [...changes.values()]
}

function isFunction(part: Part): part is FunctionPart {
  return part.kind === 'function'
}

function isValue(part: Part): part is ValuePart {
  return part.kind === 'value'
}

function isPackage(part: Part): part is PackagePart {
  return part.kind === 'package'
}
