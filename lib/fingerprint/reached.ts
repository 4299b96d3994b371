import type { Inside, Inspector } from '../base/inspector.ts'
import type { AnyFunction } from '../keys/source.ts'
import type { FindingKind } from './findings.ts'
import type { LeftOut } from './left-out.ts'
import type { Place } from './place-of.ts'
import type { Reread, Target } from './targets.ts'

/** A function that can be reached, and what it takes from outside itself. */
export interface Reached {
  readonly fn: AnyFunction
  /** The way to it: `report > fetchRate`. */
  readonly path: string
  /** Whether some function calls it by a name; else it lies in a value. */
  readonly isNamed: boolean
  readonly inside: Inside
  readonly place: Place
  readonly slots: Slot[]
  /** Its text with the numbers and names of what it takes in place. */
  text: string
}

/** A captured value. */
export interface Slot {
  readonly path: string
  readonly value: unknown
  readonly read: Reread
  /** A short text that stands for the value. */
  digest: string
}

/** Where functions are entered that are met on the way, and what is noticed about them. */
export interface Register {
  readonly inspector: Inspector
  readonly leftOut: LeftOut
  /** The number of a function that was met at `path`; it is looked at in its turn. */
  numberOf(fn: AnyFunction, path: string, how: 'named' | 'in a value'): number
  /** The text that stands for `target` in the function `by`. */
  textOf(target: Target, by: Pick<Reached, 'path' | 'slots'>): string
  note(kind: FindingKind, path: string): void
}
