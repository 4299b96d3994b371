import { types } from 'node:util'
import { typeName } from '../base/type-name.ts'
import { ABSENT } from './atoms.ts'
import { type Encoding, leavingOut } from './encoding.ts'
import { AccessorCode } from './own-fields.ts'
import type { Policy } from './policy.ts'
import { NONE, type Shape } from './shape.ts'
import type { AnyFunction } from './source.ts'
import { hasOwnClass, standInHead } from './stand-in.ts'
import { TAG } from './tags.ts'

/** What a policy says of an object or function before anybody looks into it; undefined where it says nothing. */
export function shapeByPolicy(
  value: object,
  policy: Policy,
  { standIns, unplaced }: Encoding,
): Shape | undefined {
  const kind = standIns.get(value)
  if (kind !== undefined) {
    const [type, ...atoms] = standInHead(value, policy)
    unplaced.push({ kind, path: '', type: String(type) })
    const isTold = policy.classNames || !hasOwnClass(value)
    return headOnly(TAG.standIn, [isTold ? type : '', ...atoms])
  }
  if (types.isProxy(value)) return undefined
  if (typeof value === 'function') return headOnly(TAG.functionAtom, [policy.functionAtom(value)])
  if (isAccessor(value)) {
    return headOnly(TAG.accessor, [atomOrNone(value.get, policy), atomOrNone(value.set, policy)])
  }
  return undefined
}

/** How the properties of `value` are read, or 'all' if none of it counts. */
export function readingOf(value: object, policy: Policy, encoding: Encoding): Encoding | 'all' {
  // What is frozen cannot be changed, whatever a look at the program's text makes believe.
  if (policy.leftOutOf === undefined || types.isProxy(value) || isFrozenData(value)) return encoding
  const leftOut = policy.leftOutOf(value)
  if (leftOut === undefined) return encoding
  const type = typeName(value)
  // The elements of an array have no names of their own.
  if (leftOut !== 'all' && !Array.isArray(value)) return leavingOut(encoding, leftOut, type)
  encoding.unplaced.push({ kind: 'left-out', path: '', type })
  return 'all'
}

/** The shape of what does not count. */
export const LEFT_OUT_SHAPE: Shape = headOnly(TAG.leftOut, NONE)

function headOnly(tag: number, head: readonly unknown[]): Shape {
  return {
    tag,
    head,
    raw: undefined,
    children: NONE,
    items: 0,
    entries: 0,
    entrySize: 1,
    names: NONE,
    labels: undefined,
  }
}

function isAccessor(value: object): value is AccessorCode {
  return Object.getPrototypeOf(value) === AccessorCode.prototype
}

function atomOrNone(fn: AnyFunction | undefined, policy: Policy): unknown {
  return fn === undefined ? ABSENT : policy.functionAtom(fn)
}

function isFrozenData(value: object): boolean {
  if (!Object.isFrozen(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || prototype === Array.prototype
}
