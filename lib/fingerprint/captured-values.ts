import { types } from 'node:util'
import { isCacheError } from '../base/errors.ts'
import { isOwnTool } from '../base/own-tool.ts'
import { digest } from '../keys/canonical.ts'
import type { Policy } from '../keys/policy.ts'
import { sha256Hex } from '../keys/sha256.ts'
import { nameOf, unwrapped } from '../keys/source.ts'
import { knownNameOf } from './known-names.ts'
import { isObject } from './look-up.ts'
import type { Register } from './reached.ts'

const DIGITS = 20

/** Gives short texts that stand for captured values: the same for equal ones, without spaces. */
export class CapturedValues {
  readonly #register: Omit<Register, 'textOf'>
  readonly #known = new Map<object, string>()

  constructor(register: Omit<Register, 'textOf'>) {
    this.#register = register
  }

  /** `path` is the way to the value. */
  digestOf(value: unknown, path: string): string {
    if (!isObject(value)) return renderPrimitive(value)
    let text = this.#known.get(value)
    if (text === undefined) {
      text = this.#digestOfObject(value, path)
      this.#known.set(value, text)
    }
    return text
  }

  #digestOfObject(value: object, path: string): string {
    const { leftOut, note, inspector } = this.#register
    if (leftOut.hasObject(value)) {
      note('mutates', path)
      return 'changes'
    }
    if (types.isProxy(value)) {
      const inside = inspector.proxyOf(value)
      if (inside === undefined) return 'revoked'
      // A handler may hold its own Proxy.
      this.#known.set(value, 'proxy')
      return `proxy(${this.digestOf(inside.target, path)},${this.digestOf(inside.handler, path)})`
    }
    if (typeof value === 'function') return `f${this.#policy(path).functionAtom(value)}`
    try {
      return `#${digest(value, { root: path, policy: this.#policy(path) }).slice(0, DIGITS)}`
    } catch (error) {
      if (!isCacheError(error, 'ERR_CACHE_UNKEYABLE')) throw error
      note('opaque', path)
      return 'opaque'
    }
  }

  #policy(path: string): Policy {
    const { numberOf, note, leftOut } = this.#register
    return {
      functionAtom: fn =>
        knownNameOf(fn) ?? numberOf(unwrapped(fn), `${path} > ${nameOf(fn) || 'a function'}`, 'in a value'),
      accessors: 'code',
      handles: 'stand-in',
      leftOutOf: object => (isOwnTool(object) ? 'all' : leftOut.of(object)),
      note: (kind, below) => note(kind === 'left-out' ? 'mutates' : kind, path + below),
    }
  }
}

/** Numbers and booleans as they are; of a string, which may be a secret, its length and digest. */
function renderPrimitive(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `s${value.length}:${shortHash(value)}`
    case 'bigint':
      return `${value}n`
    case 'symbol':
      return `${Symbol.keyFor(value) === undefined ? 'symbol' : 'registered'}:${shortHash(String(value))}`
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    default:
      return String(value)
  }
}

function shortHash(text: string): string {
  return sha256Hex(text.isWellFormed() ? text : Buffer.from(text, 'utf16le')).slice(0, DIGITS)
}
