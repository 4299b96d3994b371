import type { FunctionPart, Part } from '../../fingerprint/part.ts'
import { MOST_TEXT_BYTES, openText, sealText, writtenAtMsOf } from './sealed-text.ts'

/** What one version of a function's code was made of, for people: no verdict depends on it. */
export interface Manifest {
  readonly writtenAtMs: number
  /** In the order in which they were reached. A function whose source was too long to be kept has the source ''. */
  readonly parts: readonly Part[]
  /** False: there were so many that the last ones are missing. */
  readonly isWhole: boolean
}

/** `[[kind, path, …], …]`, the distinct sources, and whether all parts are there: what the JSON of a manifest holds. */
type Row = readonly (string | number)[]

const FUNCTION = 0
const VALUE = 1
const PACKAGE = 2
/** A source that was too long to be kept. */
const NO_SOURCE = -1
/** What the brackets around the rows and sources may take. */
const BRACKETS_BYTES = 64

/**
 * `parts` as they lie under the store key `key`: each source once, compressed. What takes more than 1 MiB loses the longest
 * sources first, and then the last parts.
 */
export function encodeManifest(parts: readonly Part[], writtenAtMs: number, key: string): Uint8Array {
  const sources = new Sources(parts)
  const rows = parts.map(part => JSON.stringify(rowOf(part, sources)))
  const left = sources.dropLongest(MOST_TEXT_BYTES - BRACKETS_BYTES - sizeOf(rows))
  // Rows say the place of a source among all: it holds without those that are dropped, which are empty then.
  const kept = left < 0 ? fitting(rows, MOST_TEXT_BYTES - BRACKETS_BYTES - sizeOf(sources.texts)) : rows
  const text = `[[${kept.join()}],[${sources.texts.join()}],${kept.length === rows.length}]`
  return sealText(text, writtenAtMs, key)
}

/** Reads what `encodeManifest` made for `key`; undefined where it is damaged. */
export function decodeManifest(bytes: Uint8Array | undefined, key: string): Manifest | undefined {
  const text = bytes === undefined ? undefined : openText(bytes, key)
  if (bytes === undefined || text === undefined) return undefined
  const read = parse(text)
  if (!Array.isArray(read)) return undefined
  const [rows, sources, isWhole] = read as unknown[]
  if (!Array.isArray(rows) || !isTexts(sources) || typeof isWhole !== 'boolean') return undefined
  const parts = rows.map(row => partOf(row, sources))
  return parts.every(part => part !== undefined)
    ? { writtenAtMs: writtenAtMsOf(bytes), parts, isWhole }
    : undefined
}

function rowOf(part: Part, sources: Sources): Row {
  switch (part.kind) {
    case 'function': {
      const { path, name, file, line, hash, source } = part
      return [FUNCTION, path, name, file, line, hash, sources.placeOf(source)]
    }
    case 'value':
      return [VALUE, part.path, part.digest]
    case 'package':
      return [PACKAGE, part.path, part.name, part.version]
  }
}

/** Every field is looked at: bytes with a right checksum may still be somebody's forgery. */
function partOf(row: unknown, sources: readonly string[]): Part | undefined {
  if (!Array.isArray(row)) return undefined
  const [kind, path, ...fields] = row as unknown[]
  if (typeof path !== 'string') return undefined
  if (kind === FUNCTION) return functionOf(path, fields, sources)
  if (!isTexts(fields)) return undefined
  if (kind === VALUE && fields.length === 1) return { kind: 'value', path, digest: fields[0]! }
  if (kind !== PACKAGE || fields.length !== 2) return undefined
  return { kind: 'package', path, name: fields[0]!, version: fields[1]! }
}

function functionOf(
  path: string,
  [name, file, line, hash, place]: readonly unknown[],
  sources: readonly string[],
): FunctionPart | undefined {
  if (typeof name !== 'string' || typeof file !== 'string' || typeof hash !== 'string') return undefined
  if (typeof line !== 'number' || typeof place !== 'number') return undefined
  const source = place === NO_SOURCE ? '' : sources[place]
  return source === undefined ? undefined : { kind: 'function', path, name, file, line, hash, source }
}

/** The distinct sources of some parts, each with its place. */
class Sources {
  /** As JSON. */
  readonly texts: string[] = []
  readonly #places = new Map<string, number>()

  constructor(parts: readonly Part[]) {
    for (const part of parts) {
      if (part.kind !== 'function' || this.#places.has(part.source) || part.source === '') continue
      this.#places.set(part.source, this.texts.length)
      this.texts.push(JSON.stringify(part.source))
    }
  }

  placeOf(source: string): number {
    return this.#places.get(source) ?? NO_SOURCE
  }

  /** Empties the longest, until all take at most `bytes`. Returns how many bytes are left, below 0 where that was not enough. */
  dropLongest(bytes: number): number {
    let left = bytes - sizeOf(this.texts)
    if (left >= 0) return left
    const byLength = this.texts
      .map((text, place) => ({ place, size: Buffer.byteLength(text) }))
      .sort((a, b) => b.size - a.size)
    for (const { place, size } of byLength) {
      if (left >= 0) break
      this.texts[place] = '""'
      left += size - 2
    }
    return left
  }
}

/** Those of `texts`, from the first on, that take at most `bytes` together. */
function fitting(texts: readonly string[], bytes: number): readonly string[] {
  let left = bytes
  const end = texts.findIndex(text => {
    left -= Buffer.byteLength(text) + 1
    return left < 0
  })
  return end === -1 ? texts : texts.slice(0, end)
}

/** What JSON takes for a list of them, about the brackets. */
function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(text => typeof text === 'string')
}
