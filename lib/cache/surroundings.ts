import { isCacheError } from '../base/errors.ts'
import type { Surroundings } from '../entries/dependencies.ts'
import { readTurnover, turnoverKeyOf } from '../entries/turnover.ts'
import type { View } from '../entries/use.ts'
import type { Store } from '../stores/store.ts'
import { versionsOf } from './known-functions.ts'
import { placeIdOf, storeAt } from './places.ts'
import { openViewsOf, viewsOf } from './views.ts'

/** A dictionary that was read. */
export interface Source {
  readonly placeId: string
  /** The open block through which it was read, where that is known. */
  readonly view: View | undefined
}

/** In an entry: read through the dictionary in which the entry lies. */
const OWN_VIEW = ''
/** In an entry: another dictionary on the store in which the entry lies. */
const OWN_STORE = '.'

/** What an entry says of a dictionary that was read, if its own one is `own`. */
export function placeIn(own: Source, { placeId, view }: Source): string {
  if (placeId !== own.placeId) return placeId
  return view !== undefined && view === own.view ? OWN_VIEW : OWN_STORE
}

/** The reverse of `placeIn`. */
export function sourceAt(own: Source, place: string): Source {
  if (place === OWN_VIEW) return own
  return { placeId: place === OWN_STORE ? own.placeId : place, view: undefined }
}

/** All through which what is read there may be seen now; none where that cannot be told. */
export function viewsAt({ placeId, view }: Source): readonly View[] {
  if (view !== undefined) return [view]
  const store = storeAt(placeId)
  return store === undefined ? [] : viewsOf(store)
}

/** A store that answers later is not waited for; one that cannot be read says nothing. */
function turnoverIn(store: Store, name: string): number | undefined {
  if (!store.traits.sync) return undefined
  try {
    return readTurnover(store.get(turnoverKeyOf(name)) as Uint8Array | undefined, name)
  } catch (error) {
    if (isCacheError(error)) return undefined
    throw error
  }
}

/**
 * Where the functions look whose results lie in `store`. `view`: those of a dictionary, as long as that is open. What was read
 * through the dictionary of an entry may be read through another open one now, if there is one: who knows which of
 * them a function captures.
 */
export function surroundingsOf(store: Store, view: () => View | undefined = () => undefined): Surroundings {
  const own = (): Source => ({ placeId: placeIdOf(store), view: view() })
  return {
    viewsAt: place => {
      const source = sourceAt(own(), place)
      if (source.view !== undefined) return [...new Set([source.view, ...openViewsOf(store)])]
      // A store of the user's own is opened by nobody else.
      return source.placeId === placeIdOf(store) ? viewsOf(store) : viewsAt(source)
    },
    versionsOf: (place, name) => versionsOf(sourceAt(own(), place).placeId, name),
    turnoverOf: (place, name) => {
      const { placeId } = sourceAt(own(), place)
      const there = placeId === placeIdOf(store) ? store : storeAt(placeId)
      return there === undefined ? undefined : turnoverIn(there, name)
    },
  }
}
