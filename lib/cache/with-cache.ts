import { degrade } from '../events/degrade.ts'
import type { CachePath } from '../stores/open-store.ts'
import type { Access } from './access.ts'
import { CacheDict } from './cache-dict.ts'
import { textOf } from './call.ts'
import type { DictOptions } from './options.ts'
import { openSession } from './session.ts'
import { duringTurn } from './turns.ts'

/**
 * Opens a dictionary at `path`, runs `body` with it, and commits what it changed: all of it in one step, onto what is
 * there then, when the promise resolves. Resolves to what `body` gives. Where `body` throws, its changes are kept all
 * the same (or dropped, with `onError: 'discard'`), and its error is passed on. Rejects with ERR_CACHE_WRITE if the
 * commit failed, with ERR_CACHE_FORMAT if the file is not a cache; what was kept before is whole then.
 */
// biome-ignore lint/suspicious/noExplicitAny: the default of public type parameters, where users want it.
export function withCache<V = any, K = any, R = unknown>(
  path: CachePath,
  body: (dict: CacheDict<V, K>) => R | Promise<R>,
): Promise<R>
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function withCache<V = any, K = any, R = unknown>(
  path: CachePath,
  access: Access,
  body: (dict: CacheDict<V, K>) => R | Promise<R>,
  options?: DictOptions,
): Promise<R>
export async function withCache<V, K, R>(
  path: CachePath,
  accessOrBody: Access | undefined | ((dict: CacheDict<V, K>) => R | Promise<R>),
  bodyAfterAccess?: (dict: CacheDict<V, K>) => R | Promise<R>,
  options: DictOptions = {},
): Promise<R> {
  if (typeof accessOrBody === 'function' && bodyAfterAccess !== undefined) {
    throw new TypeError(
      "withCache takes options after the access: withCache(path, 'rew', async dict => …, options).",
    )
  }
  const [access, body] =
    typeof accessOrBody === 'function'
      ? (['rew', accessOrBody] as const)
      : ([accessOrBody ?? 'rew', bodyAfterAccess] as const)
  if (typeof body !== 'function') {
    throw new TypeError(
      'withCache was given no function. Call it as withCache(path, access, async dict => …).',
    )
  }
  const session = await openSession(path, access, options)
  const dict = CacheDict.over<V, K>(session, options.codec)
  let result: R
  try {
    result = await (options.exclusive === true ? duringTurn(session.store, () => body(dict)) : body(dict))
  } catch (error) {
    if (options.onError === 'discard') await session.discard()
    // The body's own error is the one that the caller has to see.
    else await session.close().catch(failure => degrade(`commit ${String(path)}`, textOf(failure), failure))
    throw error
  }
  await session.close()
  return result
}
