/** What was noticed about a function that may make its results wrong, or that was left out of its fingerprint. */
export const FINDINGS = {
  clock: 'the time decides the result',
  random: 'chance decides the result',
  env: 'the environment decides the result',
  files: 'files are read or written',
  network: 'the network is used',
  process: 'other processes are started, or this one is looked at',
  console: 'something is printed, which a hit does not repeat',
  timers: 'timers are used',
  location: 'the place of the program on the disk decides the result',
  writes: 'a captured variable is written, and is not compared',
  mutates: 'a captured object is changed, and is not compared',
  'mutates-argument': 'an argument is changed, which a hit does not repeat',
  'lexical-this': 'the `this` of an arrow function cannot be seen',
  handle: 'it holds something live, and counts by its class alone',
  opaque: 'it cannot be looked into',
  eval: 'code is made from text, and may use whatever is in scope',
  'dynamic-import': 'which module is loaded is decided when it runs',
  tdz: 'a variable is not there yet',
  unparsed: 'the source cannot be parsed, and counts as text',
  'too-many': 'it reaches so many functions that not all were looked at',
  static: 'captured values cannot be seen here: whole modules count instead',
  unreadable: 'a file cannot be read',
} as const

export type FindingKind = keyof typeof FINDINGS

export interface Finding {
  readonly kind: FindingKind
  /** The way to it: `report > fetchRate > Date.now`. */
  readonly path: string
}
