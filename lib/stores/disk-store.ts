import { CacheError, isCacheError } from '../base/errors.ts'
import { errno } from '../files/errno.ts'
import type { StoreTraits } from './store.ts'

/** What every store on a local disk can do. */
export const DISK_TRAITS: StoreTraits = Object.freeze({
  sync: true,
  persistent: true,
  multiProcess: true,
  atomicBatch: true,
  leases: true,
})

export function closedError(path: string): CacheError {
  return new CacheError('ERR_CACHE_CLOSED', `${path} was closed. Open it again to use it.`, {
    details: { path },
  })
}

/** What the system refused, in our words; everything else as it is. `name`: what it is called, where the error does not say. */
export function storeError(
  path: string,
  error: unknown,
  code: 'ERR_CACHE_READ' | 'ERR_CACHE_WRITE',
  name: string | undefined = errno(error),
): unknown {
  if (isCacheError(error) || name === undefined) return error
  const act = code === 'ERR_CACHE_READ' ? 'read' : 'written'
  return new CacheError(
    code,
    `${path} could not be ${act} (${(error as Error).message}). ` +
      `What was kept before is untouched; it goes on when the cause is gone.`,
    { details: { path, errno: name }, cause: error },
  )
}
