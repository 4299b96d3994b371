import { debuglog } from 'node:util'
import { attempt, type MaybePromise } from '../../base/maybe-promise.ts'
import type { Explanation } from './explanation.ts'

const log = debuglog('cachedict')

/** Writes the first line of an explanation to stderr under `NODE_DEBUG=cachedict`. Else it costs one comparison, and nothing is explained. */
export function logMiss(explain: () => MaybePromise<Explanation>): void {
  if (!log.enabled) return
  attempt(
    explain,
    ({ text }) => log('%s', text.split('\n', 1)[0]),
    // What stands in the way of explaining is no reason not to compute.
    error => log('a miss that could not be explained: %s', String(error)),
  )
}
