import { isCacheError } from '../base/errors.ts'
import { emit } from './events.ts'

const warned = new Set<string>()
/** A program that degrades in ever new ways must not fill memory with what it was told. */
const MOST_CAUSES = 1_000

/**
 * Says that the program goes on without something: an event each time, and a warning of type `CacheWarning` once for
 * each `cause`. `error` is what stood in the way.
 */
export function degrade(cause: string, message: string, error?: unknown): void {
  emit('degraded', { message, error })
  if (warned.has(cause) || warned.size >= MOST_CAUSES) return
  warned.add(cause)
  const code = isCacheError(error) ? error.code : undefined
  process.emitWarning(message, { type: 'CacheWarning', ...(code === undefined ? {} : { code }) })
}
