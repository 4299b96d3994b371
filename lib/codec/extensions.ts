/**
 * The MessagePack extension types of the graph form. A number, once given, is never given again: bytes that
 * were written with it may still lie on a disk. `docs/reference/codec-format.md` says what each one carries.
 *
 * Below 32: leaves, complete by themselves. From 32: markers, the first element of an array whose further
 * elements are their contents. A leaf may be the first element of an ordinary array, a marker never.
 */
export const EXTENSION = {
  UNDEFINED: 0,
  NEGATIVE_ZERO: 1,
  BIGINT: 2,
  UTF16: 3,
  DATE: 4,
  REFERENCE: 5,
  ARRAY: 32,
  NULL_PROTOTYPE: 33,
  OBJECT: 34,
  MAP: 35,
  SET: 36,
  REGEXP: 37,
  BOXED: 38,
  URL: 39,
  URL_SEARCH_PARAMS: 40,
  ARRAY_BUFFER: 41,
  VIEW: 42,
  VIEW_ON: 43,
  ERROR: 44,
  DOM_EXCEPTION: 45,
  INSTANCE: 46,
  CUSTOM: 47,
} as const

export const FIRST_MARKER = 32

/** An extension as it stands in a body: nothing else that MessagePack decodes to is an instance of it. */
export class Extension {
  readonly type: number
  readonly data: Uint8Array

  constructor(type: number, data: Uint8Array) {
    this.type = type
    this.data = data
  }
}

/** What an instance of a registered class is underneath. Part of the format: never renumber. */
export const BASE = { OBJECT: 0, MAP: 1, SET: 2, ARRAY: 3, ERROR: 4 } as const
export type Base = (typeof BASE)[keyof typeof BASE]

/** The standard error classes by their number in the format: append only. */
export const ERROR_CLASSES = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
] as const
