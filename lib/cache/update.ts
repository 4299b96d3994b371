import type { Immer } from 'immer'
import type { AnyFunction } from '../base/any-function.ts'
import { loadPackage } from '../base/load-package.ts'
import { isTree } from '../codec/codec.ts'
import { sourceOf } from '../keys/source.ts'

let immer: Immer | undefined

/**
 * What `recipe` makes of `value`, a fresh copy of what `bytes` encode: it changes the draft, or returns another value.
 * Plain values go through immer. Its drafts split what is shared, and break on cycles; those values, and what immer does
 * not draft, are changed in place instead: the copy is nobody else's.
 */
export function applyRecipe<V>(value: V, recipe: (draft: V) => V | void, bytes: Uint8Array | undefined): V {
  if (bytes === undefined || !isTree(bytes)) {
    const made = recipe(value)
    return made === undefined ? value : (made as V)
  }
  immer ??= newImmer()
  return immer.produce(value, recipe as (draft: unknown) => V | undefined) as V
}

/** Throws a TypeError where `recipe`, which made nothing of nothing, has a default for its draft: what it does to that nobody sees. */
export function refuseLostDefault(recipe: AnyFunction, key: string): void {
  // A parameter with a default does not count as one.
  const hasDefault = recipe.length === 0 && !/^[^(]*\(\s*\)/.test(sourceOf(recipe))
  if (!hasDefault) return
  throw new TypeError(
    `dict.update(${key}, …) kept nothing: there is no value to change, and the recipe returned none. ` +
      'Return it: (list = []) => [...list, item].',
  )
}

function newImmer(): Immer {
  const { Immer } = loadPackage('immer') as typeof import('immer')
  // What comes out is encoded and thrown away.
  return new Immer({ autoFreeze: false })
}
