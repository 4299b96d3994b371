import { CacheError } from '../base/errors.ts'
import { withArticle } from '../base/type-name.ts'

/**
 * Why one object or symbol cannot be part of a key. Thrown where it is noticed, which does not know
 * the path; the walk that does turns it into `ERR_CACHE_UNKEYABLE`.
 */
export class Refusal extends Error {
  /** What it is: `Socket`, `Promise`, `accessor`. */
  readonly type: string
  /** The last step of the path, where it is below the object at hand: `.area`. */
  readonly step: string

  constructor(type: string, why = 'has no stable identity', step = '') {
    super(why)
    // `process.env` has a class without a name.
    this.type = type === '' ? 'nameless object' : type
    this.step = step
  }
}

/** `ERR_CACHE_UNKEYABLE` for what lies at `path`. */
export function unkeyable(refusal: Refusal, path: string): CacheError {
  const at = path + refusal.step
  return new CacheError(
    'ERR_CACHE_UNKEYABLE',
    `Cannot make a key of ${at}: ${withArticle(refusal.type)} ${refusal.message}. ${adviceFor(path)}`,
    { details: { path: at, type: refusal.type } },
  )
}

function adviceFor(path: string): string {
  if (/^this\b/.test(path)) return `Name the fields that count with fields: ['…'], or give innerKey.`
  if (/^args\b/.test(path)) return `Leave the parameter out with ignore: ['…'], or give innerKey.`
  return 'Give a string, a number, or other plain data.'
}
