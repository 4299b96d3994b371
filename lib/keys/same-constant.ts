import { types } from 'node:util'
import { isObject } from '../base/is-object.ts'
import { contentOf } from './content.ts'
import { CONTENT } from './own-content.ts'
import { TAG } from './tags.ts'

/**
 * Whether `value` is a copy of `constant`, which is made of atoms, plain objects and arrays. Looks no deeper than
 * the constant is, and into no array of another length; runs no code of the value. When in doubt it is not.
 */
export function isSameConstant(value: unknown, constant: unknown): boolean {
  if (Object.is(value, constant)) return true
  if (!isObject(value) || !isObject(constant) || types.isProxy(value)) return false
  if (Object.getPrototypeOf(value) !== Object.getPrototypeOf(constant)) return false
  if (Array.isArray(value) !== Array.isArray(constant)) return false
  if (Array.isArray(value) && Array.isArray(constant) && value.length !== constant.length) return false
  if (types.isArgumentsObject(value) || Object.hasOwn(value, CONTENT)) return false
  // A Map with another prototype looks like an empty object.
  if (!Array.isArray(value) && contentOf(value).tag !== TAG.object) return false
  const names = Reflect.ownKeys(constant)
  if (Reflect.ownKeys(value).length !== names.length) return false
  return names.every(name => {
    const own = Object.getOwnPropertyDescriptor(value, name)
    const expected = Object.getOwnPropertyDescriptor(constant, name)
    return (
      own !== undefined &&
      'value' in own &&
      own.enumerable === expected?.enumerable &&
      isSameConstant(own.value, expected?.value)
    )
  })
}
