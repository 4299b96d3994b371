import { types } from 'node:util'
import type { AnyFunction } from '../base/any-function.ts'

/** Which functions gave a promise when they were last called. Bounded: the oldest is forgotten. */
const natures = new Map<string, boolean>()
const MOST = 10_000

/** Whether `fn` will give a promise, as far as that can be known before it is called. `maker`: its name and code. */
export function givesPromise(fn: AnyFunction, maker: string): boolean {
  return types.isAsyncFunction(fn) || natures.get(maker) === true
}

export function noteNature(maker: string, promise: boolean): void {
  if (natures.get(maker) === promise) return
  natures.set(maker, promise)
  if (natures.size > MOST) natures.delete(natures.keys().next().value!)
}
