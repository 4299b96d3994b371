import type { AnyFunction } from '../base/any-function.ts'
import { callKeyOf, userKeyOf } from '../entries/entry-key.ts'
import { ARGUMENT_POLICY } from '../fingerprint/argument-policy.ts'
import { argumentCounter } from '../keys/argument-counter.ts'
import { IGNORED } from '../keys/atoms.ts'
import { callText, digestOfText } from '../keys/call-key.ts'
import { compileInnerKey, type InnerKey } from '../keys/inner-key.ts'
import { isNative, sourceOf } from '../keys/source.ts'
import type { DecorateOptions } from './options.ts'

/** What names one call. */
export interface FunctionKey {
  /** Among all calls of its store, in this process: cheaper than `storeKey`, which is made when it is asked for. */
  readonly text: string
  readonly storeKey: string
  /** The arguments as they may be shown: without those that are ignored, which may be secrets. */
  readonly shown: readonly unknown[]
  /** The user's own key, of functions that have one. */
  readonly userKey?: { readonly value: unknown }
}

/** Gives the key of a call with this receiver and these arguments. Throws ERR_CACHE_UNKEYABLE. */
export type KeyMaker = (receiver: unknown, args: readonly unknown[]) => FunctionKey

/** How the calls of `fn` are named under `options`. `TypeError` for options that do not fit the function. */
export function keyMakerOf(fn: AnyFunction, options: DecorateOptions, name: string): KeyMaker {
  if ('outerKey' in options && options.outerKey !== undefined) return constantKey(options.outerKey)
  if (options.innerKey !== undefined)
    return computedKey(compileInnerKey(options.innerKey as string | InnerKey, fn))
  if (name === '') {
    throw new TypeError(
      'decorate was given a function without a name: its results could not be told from those of others. ' +
        'Give a name: { name: "load" }, or a key.',
    )
  }
  if (options.name === undefined && isNative(fn) && /^bound /.test(name)) {
    throw new TypeError(
      `decorate was given ${name}, a bound function: what it is bound to cannot be seen, and its results could not be ` +
        'told from those of others. Give a name of its own: { name: "load users" }, or a key.',
    )
  }
  const usesThis =
    options.fields !== undefined || isNative(fn) || /\b(?:this|super|eval)\b/.test(sourceOf(fn))
  const countOf = argumentCounter(fn, options.ignore)
  const { fields } = options
  return (receiver, args) => {
    const about = usesThis ? { value: receiver, ...(fields === undefined ? {} : { fields }) } : undefined
    const counted = countOf(args)
    const shown = options.ignore === undefined ? args : counted
    return new DefaultKey(name, callText({ name, receiver: about, args: counted }, ARGUMENT_POLICY), shown)
  }
}

class DefaultKey implements FunctionKey {
  readonly text: string
  readonly #name: string
  readonly #shown: readonly unknown[]
  #storeKey: string | undefined

  constructor(name: string, text: string, shown: readonly unknown[]) {
    this.text = text
    this.#name = name
    this.#shown = shown
  }

  get storeKey(): string {
    this.#storeKey ??= callKeyOf(this.#name, digestOfText(this.text))
    return this.#storeKey
  }

  get shown(): readonly unknown[] {
    return this.#shown.map(unlessIgnored)
  }
}

function constantKey(userKey: unknown): KeyMaker {
  const storeKey = userKeyOf(userKey, 'outerKey')
  return (_receiver, args) => ({ text: storeKey, storeKey, userKey: { value: userKey }, shown: args })
}

function computedKey(innerKey: InnerKey): KeyMaker {
  return (receiver, args) => {
    const userKey = innerKey.apply(receiver, [...args])
    const storeKey = userKeyOf(userKey, 'innerKey(…)')
    return { text: storeKey, storeKey, userKey: { value: userKey }, shown: args }
  }
}

function unlessIgnored(arg: unknown): unknown {
  return arg === IGNORED ? undefined : arg
}
