import type { Finding } from './findings.ts'
import type { Mode } from './mode.ts'
import type { Part } from './part.ts'
import type { PropertyPath, ValueChange } from './watch.ts'

/** How much of the program a result depends on: the function and all it reaches, its own body, or nothing. */
export type CodeScope = 'deep' | 'own' | 'off'

/** What the results of a function depend on in the program, read at one moment. */
export interface CodeReading {
  readonly mode: Mode
  /** Digest of the functions; '' for scope 'off'. */
  readonly code: string
  /** One short text (no spaces) for each captured value, in an order that `code` fixes. */
  readonly values: readonly string[]
  /** Starts watching the captured values; what is returned tells which of them an evaluation has changed, and where. */
  watch(): () => readonly ValueChange[]
  /** The text of one of the values as it is now, without what lies at `paths`. */
  valueWithout(index: number, paths: readonly PropertyPath[]): string
  /**
   * Whether what was captured is another by now, as far as that is quick to see: variables that the program assigns to, and
   * what lies in small objects. False for a reading that was made for one use.
   */
  hasChanged(): boolean
  /** The same, read now, without what `changes` are about. */
  without(changes: readonly ValueChange[]): Pick<CodeReading, 'code' | 'values'>
  /** Why results cannot be kept: what they depend on cannot be seen. */
  readonly refusal: string | undefined
  /** It was read too early: before all that it mentions was there. The next reading may be another. */
  readonly isProvisional: boolean
  readonly findings: readonly Finding[]
  /** What it was made of, for people. Made when it is asked for. */
  parts(): readonly Part[]
}

/** Of a function of which nothing counts. */
export const NOTHING_READ: CodeReading = {
  mode: 'inspector',
  code: '',
  values: [],
  watch: () => () => [],
  valueWithout: () => '',
  hasChanged: () => false,
  without: () => NOTHING_READ,
  refusal: undefined,
  isProvisional: false,
  findings: [],
  parts: () => [],
}
