/** One thing that a fingerprint was made of. */
export type Part = FunctionPart | ValuePart | PackagePart

/** A function or class. */
export interface FunctionPart {
  readonly kind: 'function'
  /** The way to it: `report > fetchRate`. */
  readonly path: string
  readonly name: string
  /** Where it lies, as far as that is known; '' and 0 else. */
  readonly file: string
  readonly line: number
  /** Of its own text, without what it reaches. */
  readonly hash: string
  readonly source: string
}

/** A captured value: numbers and booleans as they are, of all else a digest. */
export interface ValuePart {
  readonly kind: 'value'
  readonly path: string
  readonly digest: string
}

export interface PackagePart {
  readonly kind: 'package'
  readonly path: string
  readonly name: string
  readonly version: string
}
