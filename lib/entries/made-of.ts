import type { KeptVersion } from './code-version.ts'

/** What a result was made of besides its code: all that was read from dictionaries, and called, while it was evaluated. */
export interface MadeOf {
  readonly uses: readonly Use[]
  readonly calls: readonly CalledFunction[]
}

/** Something that was read from a dictionary while a result was evaluated, and how it was then. */
export interface Use extends Seen {
  /** Of which dictionary: see `Surroundings`. */
  readonly place: string
  /** A value under its key, whether there was one, a kept result; the list of all keys, or all keys and values; a file. */
  readonly what: 'value' | 'presence' | 'result' | 'keys' | 'everything' | 'file'
  /** The store key; of a listing, the keys that were left out, one a line; of a file, its path. */
  readonly key: string
  /** The user's key as text, where the store key does not show it. */
  readonly label: string
  /** Of a result: that of the code that gave it. Else ''. */
  readonly codeVersion: string
}

/** What was seen under a key, or in a listing. */
export interface Seen {
  /** Tells without a digest that it is still the same; '' where that cannot be told. */
  readonly stamp: string
  /** Of the content: the same after it was written again. '' where nothing was there. */
  readonly digest: string
}

/** A cached function that was called, and the code that gave what it gave. */
export interface CalledFunction extends KeptVersion {
  /** Where it keeps its results. */
  readonly place: string
  readonly name: string
}

/** What of that which a result was made of is not what it was. */
export interface Dependency {
  readonly kind: 'key' | 'keys' | 'everything' | 'function' | 'file'
  readonly place: string
  /** The user's key, the name of the function, the path of the file. Of a listing ''. */
  readonly text: string
}

export const OF_NOTHING: MadeOf = Object.freeze({ uses: Object.freeze([]), calls: Object.freeze([]) })

export function isOfNothing({ uses, calls }: MadeOf): boolean {
  return uses.length === 0 && calls.length === 0
}

/** What stands for `madeOf` in the description of an entry: lists of texts; null for nothing. */
export function packMadeOf(madeOf: MadeOf): unknown {
  if (isOfNothing(madeOf)) return null
  return [
    madeOf.uses.map(use => [use.place, use.what, use.key, use.label, use.codeVersion, use.stamp, use.digest]),
    madeOf.calls.map(call => [call.place, call.name, call.codeVersion, call.values]),
  ]
}

/** Reads what `packMadeOf` gave; undefined for anything else. Every field is looked at. */
export function unpackMadeOf(packed: unknown): MadeOf | undefined {
  if (packed === null) return OF_NOTHING
  if (!Array.isArray(packed)) return undefined
  const [uses, calls] = packed as unknown[]
  if (!isTable(uses, 7) || !isTable(calls, 4)) return undefined
  return {
    uses: uses.map(([place, what, key, label, codeVersion, stamp, digest]) => ({
      place: place!,
      // What a later version may add is judged by nobody, and so counts as changed.
      what: what as Use['what'],
      key: key!,
      label: label!,
      codeVersion: codeVersion!,
      stamp: stamp!,
      digest: digest!,
    })),
    calls: calls.map(([place, name, codeVersion, values]) => ({
      place: place!,
      name: name!,
      codeVersion: codeVersion!,
      values: values!,
    })),
  }
}

function isTable(rows: unknown, width: number): rows is readonly (readonly string[])[] {
  return (
    Array.isArray(rows) &&
    rows.every(
      row => Array.isArray(row) && row.length === width && row.every(field => typeof field === 'string'),
    )
  )
}
