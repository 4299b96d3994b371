import { CacheError } from '../base/errors.ts'
import { REASONS, type Reason } from '../base/reason.ts'
import type { Flags } from './access.ts'

/** Nothing that may be recalled, and nothing that may be evaluated. */
export function missError(title: string, place: string, because: Reason, access: Flags): CacheError {
  const had = `${access.read ? 'r' : ''}${access.evaluate ? 'e' : ''}${access.write ? 'w' : ''}`
  const what = access.read
    ? `Nothing that may be recalled is kept for ${title} in ${place} (${REASONS[because]})`
    : `${title} may not be read from ${place}`
  return new CacheError(
    'ERR_CACHE_MISS',
    `${what}, and access "${had}" does not allow evaluating it. Add "e".`,
    {
      details: { because, access: had },
    },
  )
}

/** A call that waits for its own result. */
export function recursionError(title: string): CacheError {
  return new CacheError(
    'ERR_CACHE_RECURSION',
    `${title} needs its own result while it is being evaluated, and would wait for itself for ever. ` +
      'Call the function itself inside, or give the inner call another key.',
  )
}
