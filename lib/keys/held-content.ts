import type { Skip } from './own-fields.ts'

/** What an object holds beside its fields, which only its kind can tell. */
export interface Content {
  readonly tag: number
  /** The class of the language that objects of this kind have when they are of no subclass. */
  readonly base: string
  readonly head?: readonly unknown[]
  readonly raw?: Uint8Array
  readonly items?: readonly unknown[]
  readonly labels?: readonly string[]
  /** The entries of a Map or Set, flat. */
  readonly bag?: readonly unknown[]
  readonly entrySize?: 1 | 2
  /** Own properties that are said here already, and are no fields. */
  readonly skip?: Skip
}
