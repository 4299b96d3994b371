import type { Store, StoreTraits } from '../store.ts'
import { loadAssert } from './assert.ts'

/** One thing that every store does, as a sentence and its proof. */
export interface StoreClaim {
  readonly name: string
  /** Held only by stores with these traits. */
  readonly needs?: Partial<StoreTraits>
  /**
   * Rejects where the store breaks the claim. `open` gives the store of this claim: empty at first, the same content
   * again at each call. The claim closes what it opens.
   */
  run(open: () => Promise<Store>): Promise<void>
}

/** Whether a store with `traits` has to hold `claim`. */
export function meets(traits: StoreTraits, claim: StoreClaim): boolean {
  const needs = Object.entries(claim.needs ?? {}) as [keyof StoreTraits, boolean][]
  return needs.every(([trait, needed]) => traits[trait] === needed)
}

/** A claim about one open store, which it may close and open again. */
export function withStore(
  body: (store: Store, reopen: () => Promise<Store>) => Promise<void>,
): StoreClaim['run'] {
  return async open => {
    loadAssert()
    let store = await open()
    try {
      await body(store, async () => {
        await store.close()
        store = await open()
        return store
      })
    } finally {
      await store.close()
    }
  }
}
