/**
 * "Nothing is kept": what `peek` and `get` give for a miss, so that a kept `undefined` can be told from nothing.
 * Returned BY a cached function, it means "do not keep this".
 */
export const NoCache: unique symbol = Symbol.for('cachedict.NoCache')
