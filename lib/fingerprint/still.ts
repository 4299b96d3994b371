import { isObject } from '../base/is-object.ts'

/** What stands for `value` until it is compared again: objects are not kept alive. */
export function toHold(value: unknown): unknown {
  return isObject(value) ? new WeakRef(value) : value
}

/** Whether `value` is what was to be held. One that is gone was replaced: by undefined, perhaps. */
export function isStill(value: unknown, held: unknown): boolean {
  return held instanceof WeakRef ? isObject(value) && value === held.deref() : Object.is(value, held)
}
