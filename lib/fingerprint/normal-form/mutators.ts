import type { AnyNode, CallExpression } from 'acorn'
import { plainMember } from './chain.ts'
import type { Pen } from './pen.ts'
import { noteChange } from './place.ts'
import { resolve } from './scope.ts'

/**
 * Notes what a call changes, as far as names tell: `a.push(1)` changes `a`, `Object.assign(a, b)` too. A method of
 * that name may do something else; then a change is noted that never happens.
 */
export function noteMutatorCall({ callee, arguments: [first] }: CallExpression, pen: Pen): void {
  const method = callee.type === 'MemberExpression' ? callee : undefined
  if (method === undefined || method.object.type === 'Super') return
  const name = plainMember(method.optional ? { ...method, optional: false } : method)
  if (name === undefined) return
  if (isHolder(method.object, pen)) {
    if (first !== undefined && CHANGES_FIRST_ARGUMENT.has(name)) noteChange(first, pen)
  } else if (MUTATORS.has(name)) noteChange(method.object, pen, name)
}

function isHolder(node: AnyNode, pen: Pen): boolean {
  return node.type === 'Identifier' && HOLDERS.has(node.name) && resolve(pen.scope, node.name).kind === 'free'
}

/** Their functions change what they are given first. */
const HOLDERS = new Set(['Object', 'Reflect', 'Atomics'])

const CHANGES_FIRST_ARGUMENT = new Set([
  ...['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf', 'set', 'deleteProperty'],
  ...['add', 'and', 'compareExchange', 'exchange', 'or', 'store', 'sub', 'xor'],
])

const MUTATORS = new Set([
  ...['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
  ...['set', 'add', 'delete', 'clear', 'append'],
  ...[
    'setTime',
    'setMilliseconds',
    'setSeconds',
    'setMinutes',
    'setHours',
    'setDate',
    'setMonth',
    'setFullYear',
  ],
  ...['setUTCMilliseconds', 'setUTCSeconds', 'setUTCMinutes', 'setUTCHours', 'setUTCDate', 'setUTCMonth'],
  ...['setUTCFullYear', 'setYear', 'setInt8', 'setUint8', 'setInt16', 'setUint16', 'setInt32', 'setUint32'],
  ...['setFloat16', 'setFloat32', 'setFloat64', 'setBigInt64', 'setBigUint64', 'swap16', 'swap32', 'swap64'],
  ...['__defineGetter__', '__defineSetter__'],
])
