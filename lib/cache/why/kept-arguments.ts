import { chain, type MaybePromise } from '../../base/maybe-promise.ts'
import { defaultCodec } from '../../codec/codec.ts'
import { decodeHead } from '../../entries/entry.ts'
import { callKeyPrefix, USER_KEY_PREFIX } from '../../entries/entry-key.ts'
import type { View } from '../../entries/use.ts'
import type { Store, StoreEntry } from '../../stores/store.ts'

/** Of how many entries the arguments are looked at. */
const MOST_ENTRIES = 1_000

/** With which arguments a function was called whose results are kept: of 1,000 entries at most. */
export function keptArguments(
  store: Store,
  { name, hasUserKeys }: { readonly name: string; readonly hasUserKeys: boolean },
): MaybePromise<readonly (readonly unknown[])[]> {
  const listed = store.entries(hasUserKeys ? USER_KEY_PREFIX : callKeyPrefix(name))
  return chain(listed, entries => argumentsIn(entries, name))
}

function argumentsIn(entries: Iterable<StoreEntry>, name: string): readonly (readonly unknown[])[] {
  const found: (readonly unknown[])[] = []
  let left = MOST_ENTRIES
  for (const [key, frame] of entries) {
    if (--left < 0) break
    const head = decodeHead(frame, key)
    const args = head?.name === name && head.args !== undefined ? decodeArguments(head.args) : undefined
    if (args !== undefined) found.push(args)
  }
  return found
}

/** The keys of a dictionary that are more than a text or a number, each as a list of one: of 1,000 entries at most. */
export function keptKeys(view: View): readonly (readonly unknown[])[] {
  const found: (readonly unknown[])[] = []
  let left = MOST_ENTRIES
  for (const [storeKey, frame] of view.list()) {
    if (--left < 0) break
    const key = decodeHead(frame, storeKey)?.key
    if (key !== undefined) found.push([defaultCodec.decode(key)])
  }
  return found
}

function decodeArguments(bytes: Uint8Array): readonly unknown[] | undefined {
  try {
    const args = defaultCodec.decode(bytes)
    return Array.isArray(args) ? args : undefined
  } catch {
    // Of a class that is not registered here: another call will do.
    return undefined
  }
}
