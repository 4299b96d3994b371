import { recoverBlocks } from '../entries/commit.ts'
import { type SaidBounds, sayBounds } from '../entries/eviction/bounds.ts'
import { type CachePath, openStoreAt, storesEpoch } from '../stores/open-store.ts'
import type { Store } from '../stores/store.ts'

/**
 * The store at `path()`, opened when first asked for, and again after it was closed: what interrupted blocks left there
 * is taken over before anybody reads. So the cache folder may be set until the first call. It has `bounds` from then on:
 * `TypeError` where somebody else in this process gave it others.
 */
export function ownStore(path: () => CachePath, bounds?: () => SaidBounds): () => Store {
  let store: Store | undefined
  let epoch: number | undefined
  return () => {
    if (store === undefined || epoch !== storesEpoch()) {
      const opened = openStoreAt(path())
      // First: who may not use it so must not use it by a second call either.
      if (bounds !== undefined) sayBounds(opened, bounds())
      store = opened
      epoch = storesEpoch()
      recoverBlocks(store)
    }
    return store
  }
}
