/** The version of the canonical encoding: the first byte of all canonical bytes. Raised when any byte below changes meaning. */
export const FORMAT = 1

/** What a run of canonical bytes begins with. Numbers are never reused: a digest is all that is left of a key. */
export const TAG = {
  undefined: 0x01,
  null: 0x02,
  true: 0x03,
  false: 0x04,
  /** float64, little endian; one NaN. */
  number: 0x05,
  /** uint32 length, then sign and hexadecimal magnitude as ASCII. */
  bigint: 0x06,
  /** uint32 length, then UTF-8. */
  string: 0x07,
  /** A string with lone surrogates: uint32 length, then UTF-16LE. */
  illFormedString: 0x08,
  /** uint32 length in UTF-16 units, then the sha256 of its UTF-8. */
  longString: 0x09,
  /** uint32 length in UTF-16 units, then the sha256 of its UTF-16LE. */
  longIllFormedString: 0x0a,
  /** The key of a `Symbol.for` symbol, as a string. */
  registeredSymbol: 0x0b,
  /** The name of a well-known symbol (`Symbol.iterator`), as a string. */
  wellKnownSymbol: 0x0c,
  /** An ignored parameter. */
  ignored: 0x0d,
  /** What an object does not have: an Error without `cause`, a missing field. */
  absent: 0x0e,
  /** The description of a symbol that is equal to nothing but itself, where that is all that counts. */
  uniqueSymbol: 0x0f,
  /** An object whose bytes are longer than COLLAPSE_BYTES: their sha256. */
  digest: 0x10,
  /** A value with cycles: the table of its classes, and the class of its root. See cycles.ts. */
  cyclic: 0x11,
  cyclicReference: 0x12,
  object: 0x20,
  nullPrototype: 0x21,
  instance: 0x22,
  array: 0x23,
  sparseArray: 0x24,
  map: 0x25,
  set: 0x26,
  date: 0x27,
  regexp: 0x28,
  boxed: 0x29,
  error: 0x2a,
  arrayBuffer: 0x2b,
  sharedArrayBuffer: 0x2c,
  typedArray: 0x2d,
  dataView: 0x2e,
  url: 0x2f,
  urlSearchParams: 0x30,
  /** The sha256 of its source. */
  function: 0x31,
  /** A part of the language, by name: `Math.max`. */
  builtin: 0x32,
  /** An object that the runtime keeps the state of: the name of its class, then what its kind tells. */
  native: 0x33,
  /** What the object itself says that it counts as. */
  ownContent: 0x34,
  /** A function or class, by the atom that the policy gave it. */
  functionAtom: 0x35,
  /** An accessor: the atoms of getter and setter. */
  accessor: 0x36,
  /** The exports of a module. */
  namespace: 0x37,
  /** What counts as its class alone: the name of that, then the atoms of its code. */
  standIn: 0x38,
  /** What the program changes. */
  leftOut: 0x39,
  /** A Proxy: its target and its handler. */
  proxy: 0x3a,
} as const
