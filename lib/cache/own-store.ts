import { recoverBlocks } from '../entries/commit.ts'
import { type CachePath, openStoreAt, storesEpoch } from '../stores/open-store.ts'
import type { Store } from '../stores/store.ts'

/**
 * The store at `path()`, opened when first asked for, and again after it was closed: what interrupted blocks left there
 * is taken over before anybody reads. So the cache folder may be set until the first call.
 */
export function ownStore(path: () => CachePath): () => Store {
  let store: Store | undefined
  let epoch: number | undefined
  return () => {
    if (store === undefined || epoch !== storesEpoch()) {
      store = openStoreAt(path())
      epoch = storesEpoch()
      recoverBlocks(store)
    }
    return store
  }
}
