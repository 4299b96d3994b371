import { types } from 'node:util'
import { lastLook } from './last-look.ts'
import type { LeftOut } from './left-out.ts'
import { membersHeld } from './members-held.ts'
import type { Reached } from './reached.ts'
import { variablesHeld } from './variables-held.ts'

/** Of functions and classes without static fields. */
const USUAL_PROPERTIES: ReadonlySet<string> = new Set(['length', 'name', 'prototype', 'arguments', 'caller'])

/**
 * Whether what `reached` have captured is another than at this moment. Costs next to nothing where only constants and small
 * objects are captured, a fifth of a millisecond where a captured variable is assigned to. What it misses: the depths of
 * large objects, private fields, and what other modules assign to the variables that they export.
 */
export function hasChangedSince(reached: readonly Reached[], leftOut: LeftOut): () => boolean {
  const values = reached.flatMap(({ slots }) => slots.map(({ value }) => value))
  const functions = reached
    .filter(({ fn, place }) => place.is === 'own' && hasMembers(fn))
    .map(({ fn }) => fn)
  const hasAnotherPart = lastLook(values, functions, leftOut)
  const hasAnotherMember = membersHeld(reached, leftOut)
  const hasAnotherValue = variablesHeld(reached, leftOut)
  return () => hasAnotherPart() || hasAnotherMember() || hasAnotherValue()
}

function hasMembers(fn: object): boolean {
  return !types.isProxy(fn) && Object.getOwnPropertyNames(fn).some(name => !USUAL_PROPERTIES.has(name))
}
