import { originalPlace } from '../base/original-place.ts'
import { sha256OfText } from '../keys/sha256.ts'
import { nameOf, sourceOf } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import { projectPath } from './packages.ts'
import type { Part } from './part.ts'
import type { OwnPlace } from './place-of.ts'
import type { Reached } from './reached.ts'

const DIGITS = 16

/** A function that was reached, without what lies inside of it. */
interface Described extends Pick<Reached, 'fn' | 'path' | 'place'> {
  readonly slots: readonly { readonly path: string; readonly digest: string }[]
}

/** What functions with all they captured are made of, in the order in which they were reached. */
export function partsOf(reached: readonly Described[]): readonly Part[] {
  return reached.flatMap(each => [
    partOf(each),
    ...each.slots.map(({ path, digest }) => ({ kind: 'value', path, digest }) as const),
  ])
}

function partOf({ fn, path, place }: Described): Part {
  if (place.is === 'package') return { kind: 'package', path, name: place.name, version: place.version }
  const source = sourceOf(fn)
  const { file, line } = place.is === 'own' ? writtenAt(place) : { file: place.url, line: 0 }
  // Without the names of what it takes from outside: they do not count.
  const text = place.is === 'own' ? formOf(fn).pieces.join('·') : source
  return {
    kind: 'function',
    path,
    name: nameOf(fn),
    file,
    line,
    hash: sha256OfText(text).slice(0, DIGITS),
    source,
  }
}

/** Where somebody wrote it, if that is known; else where it runs. */
function writtenAt({ url, line, column }: OwnPlace): { readonly file: string; readonly line: number } {
  const original = line === 0 ? undefined : originalPlace(url, line - 1, column - 1)
  return { file: projectPath(original?.source ?? url), line: original?.line ?? line }
}
