import { randomUUID } from 'node:crypto'
import { isCacheError } from '../base/errors.ts'
import { onceFor } from '../base/once-for.ts'
import { openStoreAt } from '../stores/open-store.ts'
import type { Store } from '../stores/store.ts'

const IN_MEMORY = `memory ${randomUUID()} `
const inMemory: WeakRef<Store>[] = []

/** Names `store` among all others: by its path; one in memory by a name that means nothing to other processes. */
export function placeIdOf(store: Store): string {
  return store.path ?? memoryIdOf(store)
}

const memoryIdOf = onceFor((store: Store) => {
  inMemory.push(new WeakRef(store))
  return `${IN_MEMORY}${inMemory.length - 1}`
})

/** The store of that name; undefined where it is not there any more, or another process had it in memory. */
export function storeAt(placeId: string): Store | undefined {
  if (placeId.startsWith(IN_MEMORY)) return inMemory[Number(placeId.slice(IN_MEMORY.length))]?.deref()
  if (placeId.startsWith('memory ')) return undefined
  try {
    return openStoreAt(placeId)
  } catch (error) {
    // Nothing opens what has no name here.
    if (isCacheError(error) || error instanceof TypeError) return undefined
    throw error
  }
}
