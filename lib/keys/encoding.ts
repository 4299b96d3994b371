import { propertyStep } from '../base/property-step.ts'
import type { NoteKind, Policy } from './policy.ts'

/** How the properties of one object are read. */
export interface Reading {
  readonly policy: Policy | undefined
  readonly accessors: 'refuse' | 'code'
  readonly uniqueSymbols: 'refuse' | 'describe'
  /** Whether properties count that are not enumerable. */
  readonly hidden: boolean
  /** Names of properties that do not count. */
  readonly leftOut: ReadonlySet<string> | undefined
}

/** One run of the encoder. */
export interface Encoding extends Reading {
  /** What counts as its class alone, and why. */
  readonly standIns: ReadonlyMap<object, NoteKind>
  /** What was not compared, of the object at hand: the walk, which knows the way to it, takes it from here. */
  readonly unplaced: Note[]
  /** The same with the way to it. */
  readonly notes: Note[]
}

export interface Note {
  readonly kind: NoteKind
  readonly path: string
  readonly type: string
}

/** Plain data, where what is more than data counts by its source or is refused. */
export const NO_POLICY: Encoding = Object.freeze({
  policy: undefined,
  accessors: 'refuse',
  uniqueSymbols: 'refuse',
  hidden: false,
  leftOut: undefined,
  standIns: new Map(),
  // Nobody writes to them without a policy.
  unplaced: [],
  notes: [],
})

export function encodingFor(policy: Policy | undefined, standIns = NO_POLICY.standIns): Encoding {
  if (policy === undefined) return NO_POLICY
  return {
    policy,
    accessors: policy.accessors,
    uniqueSymbols: policy.handles === 'stand-in' ? 'describe' : 'refuse',
    hidden: policy.hidden,
    leftOut: undefined,
    standIns,
    unplaced: [],
    notes: [],
  }
}

/** The same, but for properties of these names; what was left out is noted as a part of an object of this type. */
export function leavingOut(encoding: Encoding, leftOut: ReadonlySet<string>, type: string): Encoding {
  for (const name of leftOut) {
    const path = name.startsWith('#') ? `.${name}` : propertyStep(name)
    encoding.unplaced.push({ kind: 'left-out', path, type })
  }
  return { ...encoding, leftOut }
}

/** Puts what was noted of the object at hand to the notes, with the way to it. */
export function placeNotes({ unplaced, notes }: Encoding, path: string): void {
  for (const note of unplaced.splice(0)) notes.push({ ...note, path: path + note.path })
}

/** Tells the policy, once of each. */
export function tellNotes({ policy, notes }: Encoding): void {
  const told = new Set<string>()
  for (const { kind, path, type } of notes) {
    const text = `${kind} ${path}`
    if (!told.has(text)) policy?.note?.(kind, path, type)
    told.add(text)
  }
}
