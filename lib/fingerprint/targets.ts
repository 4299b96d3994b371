import type { Inside } from '../base/inspector.ts'
import type { AnyFunction } from '../keys/source.ts'

/** What a function takes from outside itself at one place of its text. */
export type Target =
  /** Another function, which is looked at in turn. */
  | { readonly is: 'function'; readonly fn: AnyFunction; readonly label: string }
  /** What needs no look: a part of the language, what the program changes itself. */
  | { readonly is: 'text'; readonly text: string }
  /** A captured value. `read` gives it again, as it is then. */
  | { readonly is: 'value'; readonly value: unknown; readonly label: string; readonly read: Reread }
  /** A whole namespace: its members. */
  | { readonly is: 'many'; readonly members: readonly (readonly [name: string, target: Target])[] }

/** Gives a captured value as it is now, from what lies inside the function now. */
export type Reread = (inside: Inside) => unknown
