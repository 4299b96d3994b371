import { types } from 'node:util'
import { ownValue } from './own-value.ts'

/** What `value` is, in one word, as its class calls itself. Runs no code of the user. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  if (types.isProxy(value)) return 'Proxy'
  for (let at: unknown = Object.getPrototypeOf(value); at !== null; ) {
    if (types.isProxy(at)) return 'Proxy'
    const name = ownName(at as object)
    if (name !== undefined) return name
    at = Object.getPrototypeOf(at)
  }
  return 'object'
}

function ownName(prototype: object): string | undefined {
  const tag = ownValue(prototype, Symbol.toStringTag)
  const made: unknown = ownValue(prototype, 'constructor')
  if (typeof made === 'function' && !types.isProxy(made)) {
    const name: unknown = ownValue(made, 'name')
    if (typeof name === 'string' && name !== '') return name
  }
  return typeof tag === 'string' && tag !== '' ? tag : undefined
}

/** `name` with its article: `a Socket`, `an Intl.Locale`. */
export function withArticle(name: string): string {
  return `${/^(?:[aeio]|u(?!n?i|rl|tf|s))/i.test(name) ? 'an' : 'a'} ${name}`
}
