import { onceFor } from '../base/once-for.ts'
import { mayHoldValue } from '../entries/entry.ts'
import { USER_KEY_PREFIX } from '../entries/entry-key.ts'
import type { View } from '../entries/use.ts'
import type { Store, StoreEntry } from '../stores/store.ts'

const openViews = onceFor((_: Store) => new Set<WeakRef<View>>())

/** Lets functions be known to see `store` through `view`, until the returned function is called. */
export function noteOpen(store: Store, view: View): () => void {
  const views = openViews(store)
  // A dictionary that nobody closes must not stay for ever.
  const reference = new WeakRef(view)
  views.add(reference)
  return () => void views.delete(reference)
}

/** Everything through which this process may see the dictionary in `store` now: what is committed, and what each open block shows. */
export function viewsOf(store: Store): readonly View[] {
  return store.traits.sync ? [committedView(store), ...openViewsOf(store)] : []
}

/** What each open block shows. */
export function openViewsOf(store: Store): readonly View[] {
  const views: View[] = []
  for (const reference of openViews(store)) {
    const view = reference.deref()
    if (view === undefined) openViews(store).delete(reference)
    else views.push(view)
  }
  return views
}

/** The dictionary as it is committed in a store that answers at once. */
function committedView(store: Store): View {
  // See above: it answers at once.
  const get = (key: string) => store.get(key) as Uint8Array | undefined
  return {
    get,
    latest: get,
    *list() {
      for (const [key, frame] of store.entries(USER_KEY_PREFIX) as Iterable<StoreEntry>)
        if (mayHoldValue(frame, key)) yield [key, frame]
    },
  }
}
