import { types } from 'node:util'
import { isCacheError } from '../base/errors.ts'
import { isObject } from '../base/is-object.ts'
import { isOwnTool } from '../base/own-tool.ts'
import { digest } from '../keys/canonical.ts'
import type { Policy } from '../keys/policy.ts'
import { sha256OfText } from '../keys/sha256.ts'
import { type AnyFunction, nameOf, unwrapped } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import { knownNameOf } from './known-names.ts'
import type { Register } from './reached.ts'

const DIGITS = 20

const MOST_PROMISES = 10_000

/** Stands for a promise of which nobody knows what it will give. */
export const PENDING = 'pending'

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
    const { leftOut, note } = this.#register
    if (leftOut.hasObject(value)) {
      note('mutates', path)
      return 'changes'
    }
    if (typeof value === 'function' && !types.isProxy(value))
      return `f${this.#policy(path).functionAtom(value)}`
    if (types.isPromise(value)) return this.#digestOfPromise(value, path)
    if (isListOfPromises(value)) {
      // It may be in what it has come to.
      this.#known.set(value, 'itself')
      return `[${value.map((item, index) => this.digestOf(item, `${path}[${index}]`)).join()}]`
    }
    try {
      return `#${digest(value, { root: path, policy: this.#policy(path) }).slice(0, DIGITS)}`
    } catch (error) {
      if (!isCacheError(error, 'ERR_CACHE_UNKEYABLE')) throw error
      note('opaque', path)
      return 'opaque'
    }
  }

  /** A promise counts by what it has come to. */
  #digestOfPromise(promise: Promise<unknown>, path: string): string {
    const { state, result } = this.#register.inspector.promiseOf(promise)
    this.#known.set(promise, 'itself')
    return state === 'pending' ? PENDING : `${state}(${this.digestOf(result, path)})`
  }

  /** Of one in an object: nobody knows what a pending one will give. */
  #contentOf(promise: Promise<unknown>, path: string): string | undefined {
    const text = this.digestOf(promise, path)
    return text === PENDING ? undefined : text
  }

  #policy(path: string): Policy {
    const { numberOf, note, leftOut, inspector } = this.#register
    const functionAtom: Policy['functionAtom'] = fn =>
      knownNameOf(fn) ?? numberOf(unwrapped(fn), `${path} > ${nameOf(fn) || 'a function'}`, 'in a value')
    return {
      functionAtom,
      meet: functions => inOrder(functions).forEach(functionAtom),
      contentOf: object => (types.isPromise(object) ? this.#contentOf(object, path) : undefined),
      insideOf: proxy => inspector.proxyOf(proxy),
      accessors: 'code',
      handles: 'stand-in',
      hidden: true,
      classNames: false,
      leftOutOf: object => (isOwnTool(object) ? 'all' : leftOut.of(object)),
      note: (kind, below) => note(kind === 'left-out' ? 'mutates' : kind, path + below),
    }
  }
}

/** What a step waits for is often a list of them. */
function isListOfPromises(value: object): value is readonly unknown[] {
  if (types.isProxy(value) || !Array.isArray(value) || value.length > MOST_PROMISES) return false
  return value.some(item => types.isPromise(item))
}

/** By what they do, so that Maps and Sets that were filled in another order are the same. */
function inOrder(functions: readonly AnyFunction[]): readonly AnyFunction[] {
  const texts = functions.map(fn => ({ fn, text: formOf(fn).pieces.join('·') }))
  return texts.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ fn }) => fn)
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
  return sha256OfText(text).slice(0, DIGITS)
}
