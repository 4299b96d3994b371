import { types } from 'node:util'
import { CacheError } from '../base/errors.ts'
import { ownValue } from '../base/own-value.ts'

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
    this.type = type
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

function withArticle(type: string): string {
  return `${/^(?:[aeio]|u(?!n?i|rl|tf|s))/i.test(type) ? 'an' : 'a'} ${type}`
}

/** The step of a path to the property `name`: `.name`, `["two words"]`, `[Symbol(for)]`. */
export function propertyStep(name: string | symbol): string {
  if (typeof name === 'symbol') return `[${String(name)}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

/** The name of the class of `value`, found without running any code of its own. */
export function typeName(value: object): string {
  let prototype: object | null = value
  while (prototype !== null && !types.isProxy(prototype)) {
    const owner = ownValue(prototype, 'constructor')
    if (typeof owner === 'function') {
      const name = ownValue(owner, 'name')
      if (typeof name === 'string' && name !== '') return name
    }
    // Generators and iterators have no class, but this.
    const tag = ownValue(prototype, Symbol.toStringTag)
    if (typeof tag === 'string' && tag !== '') return tag
    prototype = Object.getPrototypeOf(prototype)
  }
  return 'object'
}
