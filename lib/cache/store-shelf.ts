import type { Codec } from '../codec/codec.ts'
import type { Store } from '../stores/store.ts'
import { type Shelf, tell } from './call.ts'
import { decodeWith } from './entry-info.ts'
import { memoryTier } from './memory-tier.ts'
import type { SharedValues } from './shared-values.ts'
import { surroundingsOf } from './surroundings.ts'

/** How a store is called in messages. */
export function placeOf(store: Store): string {
  return store.path ?? 'memory'
}

export interface StoreShelfOptions {
  /** Where frozen values are shared from. */
  readonly shared?: SharedValues | undefined
  /** Whether what was found is remembered in this process, where the store tells when that is over. */
  readonly remembers?: boolean
  readonly report?: Shelf['report']
}

/** The shelf of decorated functions: the store itself, as it is now, or was some milliseconds ago. */
export function storeShelf(
  store: Store,
  { shared, remembers = false, report = tell }: StoreShelfOptions = {},
): Shelf {
  return {
    store,
    memory: remembers ? memoryTier(store) : undefined,
    place: placeOf(store),
    read: key => store.get(key),
    readLatest: key => store.get(key),
    around: surroundingsOf(store),
    remembers: false,
    keep: ({ request, sync }) => (sync ? store.writeSync?.(request) : store.write(request)),
    open: (entry, storeKey, codec: Codec) =>
      shared === undefined || entry.status === 'error'
        ? decodeWith(entry, codec)
        : shared.open(storeKey, entry.value, value => decodeWith({ ...entry, value }, codec)),
    report,
  }
}
