import type { NoteKind, Policy } from '../../lib/keys/policy.ts'
import { type AnyFunction, nameOf } from '../../lib/keys/source.ts'

interface Told {
  readonly kind: NoteKind
  readonly path: string
  readonly type: string
}

/** A policy like that for captured values: functions count by name, live things by their class. `told` is what it was told. */
export function lenient(more: Partial<Policy> = {}): Policy & { readonly told: Told[] } {
  const told: Told[] = []
  return {
    functionAtom: (fn: AnyFunction) => nameOf(fn),
    accessors: 'code',
    handles: 'stand-in',
    hidden: false,
    classNames: true,
    note: (kind, path, type) => told.push({ kind, path, type }),
    told,
    ...more,
  }
}

/** A policy like that for arguments. */
export function strict(more: Partial<Policy> = {}): Policy {
  return {
    functionAtom: (fn: AnyFunction) => nameOf(fn),
    accessors: 'refuse',
    handles: 'refuse',
    hidden: false,
    classNames: true,
    ...more,
  }
}
