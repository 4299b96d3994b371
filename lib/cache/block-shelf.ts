import { chain } from '../base/maybe-promise.ts'
import { encodeEntry } from '../entries/entry.ts'
import type { Read } from '../entries/find.ts'
import type { Block } from './block.ts'
import { type Shelf, tell } from './call.ts'
import { decodeWith } from './entry-info.ts'
import type { Session } from './session.ts'
import type { SharedValues } from './shared-values.ts'
import { placeOf } from './store-shelf.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * The shelf of `dict.evaluate`: what the block changed, over the store as it is now. An evaluation that outlives its
 * block is kept in the store all the same.
 */
export function blockShelf(session: Session, values: SharedValues): Shelf {
  const { store } = session
  const block = (): Block | undefined => (session.closed ? undefined : session.block)
  const read: Read = key => {
    const open = block()
    return open === undefined ? store.get(key) : open.latest(key)
  }
  return {
    store,
    place: placeOf(store),
    read,
    readLatest: read,
    view: block,
    around: surroundingsOf(store, block),
    remembers: true,
    keep: ({ request, storeKey, entry, sync, written, startedMs }) => {
      block()?.noteComputed(storeKey, encodeEntry(entry, storeKey), { written, startedMs })
      if (!written) return
      return chain(sync ? store.writeSync?.(request) : store.write(request), () => undefined)
    },
    open: (entry, storeKey, codec) => {
      block()?.noteFound(storeKey)
      return values.open(storeKey, entry.value, value => decodeWith({ ...entry, value }, codec))
    },
    report: tell,
  }
}
