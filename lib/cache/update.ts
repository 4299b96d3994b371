import type { Immer } from 'immer'
import { loadPackage } from '../base/load-package.ts'
import { isTree } from '../codec/codec.ts'

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

function newImmer(): Immer {
  const { Immer } = loadPackage('immer') as typeof import('immer')
  // What comes out is encoded and thrown away.
  return new Immer({ autoFreeze: false })
}
