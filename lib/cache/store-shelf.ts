import type { Codec } from '../codec/codec.ts'
import type { Store } from '../stores/store.ts'
import { type Shelf, tell } from './call.ts'
import { decodeWith } from './entry-info.ts'
import type { SharedValues } from './shared-values.ts'

/** How a store is called in messages. */
export function placeOf(store: Store): string {
  return store.path ?? 'memory'
}

/** The shelf of decorated functions: the store itself, as it is now. `shared`: where frozen values are shared from. */
export function storeShelf(store: Store, shared?: SharedValues, report: Shelf['report'] = tell): Shelf {
  return {
    store,
    place: placeOf(store),
    read: key => store.get(key),
    readLatest: key => store.get(key),
    remembers: false,
    keep: ({ request, sync }) => (sync ? store.writeSync?.(request) : store.write(request)),
    open: (entry, storeKey, codec: Codec) =>
      shared === undefined || entry.status === 'error'
        ? decodeWith(entry, codec)
        : shared.open(storeKey, entry.value, value => decodeWith({ ...entry, value }, codec)),
    report,
  }
}
