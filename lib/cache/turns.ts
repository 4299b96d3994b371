import { AsyncLocalStorage } from 'node:async_hooks'
import { CacheError } from '../base/errors.ts'

const turns = new WeakMap<object, Promise<void>>()
const held = new AsyncLocalStorage<ReadonlySet<object>>()
let holders = 0

/**
 * Waits until everybody who asked earlier for a turn with `owner` has ended it; returns how to end one's own. Throws
 * ERR_CACHE_RECURSION inside `duringTurn`: that would wait for itself.
 */
export async function takeTurn(owner: object): Promise<() => void> {
  if (holders > 0 && held.getStore()?.has(owner)) {
    throw new CacheError(
      'ERR_CACHE_RECURSION',
      'An exclusive block was opened inside another one on the same path, and would wait for it for ever. ' +
        'Use the dictionary of the outer block.',
    )
  }
  const before = turns.get(owner)
  let end = () => {}
  const mine = new Promise<void>(resolve => {
    end = resolve
  })
  turns.set(owner, before === undefined ? mine : before.then(() => mine))
  await before
  return end
}

/** Runs `body`, which has the turn with `owner`, so that asking for it again inside is noticed. */
export async function duringTurn<T>(owner: object, body: () => T | Promise<T>): Promise<T> {
  holders += 1
  try {
    return await held.run(new Set([...(held.getStore() ?? []), owner]), body)
  } finally {
    holders -= 1
    // While it is enabled, every `await` of the process is slower.
    if (holders === 0) held.disable()
  }
}
