import type { AnyFunction } from './source.ts'

/** How that counts in canonical bytes which is more than data. */
export interface Policy {
  /**
   * What stands for a function or class: its digest, or its number in a graph. Nothing else of it is written: no own fields,
   * no superclass. Throws a `Refusal` for what has no identity. Asked only for what counts; perhaps several times for one.
   */
  functionAtom(fn: AnyFunction): string | number
  /** `refuse`: an accessor has no identity. `code`: it counts by the atoms of its getter and setter, and is never run. */
  readonly accessors: 'refuse' | 'code'
  /**
   * `refuse`: what has no stable identity is ERR_CACHE_UNKEYABLE, with its path. `stand-in`: it counts as its class alone,
   * and so does the innermost instance of a class that holds it: a logger that holds a stream is a tool, not data. With
   * `stand-in`, unique symbols count by their description, and a module namespace by what it exports.
   */
  readonly handles: 'refuse' | 'stand-in'
  /**
   * Whether properties that are not enumerable count too: of everything but arrays and their like. Those that the language
   * gives to each object of a kind do not.
   */
  readonly hidden: boolean
  /** Whether the name of a class counts besides its atom: compilers give other names. */
  readonly classNames: boolean
  /**
   * Told of all functions that will be asked for, each once, before the first is: for numbers that do not depend on the
   * order of Maps and Sets. Not told where there is only one.
   */
  meet?(functions: readonly AnyFunction[]): void
  /** What stands for an object whose content only the asker sees: a promise counts by what it has come to, say. */
  contentOf?(object: object): string | undefined
  /** What a Proxy stands before, and its handler, which count in its place. Without, or for undefined, it has no identity. */
  insideOf?(proxy: object): { readonly target: object; readonly handler: object } | undefined
  /**
   * What of an object does not count, because the program changes it: all of it, or the properties of these names
   * (`#x` for a private field). May be asked several times for one object, and must say the same. Of what is frozen, everything counts.
   */
  leftOutOf?(object: object): 'all' | ReadonlySet<string> | undefined
  /** Told once of everything that was not compared. `path` is that below the root: `.rows[0].socket`. */
  note?(kind: NoteKind, path: string, type: string): void
}

/** A live handle (a stream, a promise, a timer), what the program changes itself, or what nothing can look into. */
export type NoteKind = 'handle' | 'left-out' | 'opaque'
