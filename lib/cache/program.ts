import type { AnyFunction } from '../base/any-function.ts'
import { type CodeVersion, codeVersionOf } from '../entries/code-version.ts'
import type { CodeReading, CodeScope } from '../fingerprint/code-reading.ts'
import { readCode } from '../fingerprint/read-code.ts'
import { depsOf, versionOf } from '../fingerprint/salts.ts'
import type { ValueChange } from '../fingerprint/watch.ts'
import { CONTENT } from '../keys/own-content.ts'

export interface ProgramOptions {
  readonly code?: CodeScope
  readonly deps?: readonly unknown[]
  readonly version?: string | number
}

/** What the rest of this room asks of a reading. */
type Reading = Pick<CodeReading, 'code' | 'values' | 'valueWithout' | 'watch' | 'refusal' | 'isProvisional'>

/**
 * What the results of one function depend on in the program. It is read when first asked for, by then the program is
 * loaded, and once, unless that was too early; only `deps` that count by their content are looked at for each call.
 */
export class Program<R extends Reading = CodeReading> {
  readonly #options: ProgramOptions
  readonly #read: () => R
  #reading: R | undefined
  #version: CodeVersion | undefined
  #hasContents = false
  #changes: readonly ValueChange[] | undefined

  constructor(options: ProgramOptions, read: () => R) {
    this.#options = options
    this.#read = read
  }

  /** As of now: the same object as long as it is the same. Throws ERR_CACHE_UNKEYABLE for `deps` without an identity. */
  version(): CodeVersion {
    if (this.#reading?.isProvisional) this.#forget()
    const known = this.#version
    if (known === undefined) {
      const { deps = [], version } = this.#options
      const { code, values, valueWithout } = this.reading()
      this.#hasContents = deps.some(hasContent)
      this.#version = codeVersionOf({
        code,
        version: versionOf(version),
        deps: depsOf(deps),
        values,
        valueWithout,
      })
    } else if (this.#hasContents) {
      const deps = depsOf(this.#options.deps ?? [])
      if (deps !== known.deps) this.#version = codeVersionOf({ ...known, deps })
    }
    return this.#version!
  }

  /** Why results cannot be kept, where nobody has said what they depend on. */
  refusal(): string | undefined {
    const { code = 'deep', deps } = this.#options
    return code === 'deep' && deps === undefined ? this.reading().refusal : undefined
  }

  /**
   * Called before an evaluation; what is returned tells afterwards what it has changed of the captured values. Found out at
   * the first one: it is no cheap question.
   */
  watch(): () => readonly ValueChange[] {
    const known = this.#changes
    if (known !== undefined) return () => known
    const changes = this.reading().watch()
    return () => {
      this.#changes ??= changes()
      return this.#changes
    }
  }

  /** What was read of the function. */
  reading(): R {
    this.#reading ??= this.#read()
    return this.#reading
  }

  #forget(): void {
    this.#reading = undefined
    this.#version = undefined
    this.#changes = undefined
  }
}

/** The program of `fn` under `options`. */
export function programOf(fn: AnyFunction, options: ProgramOptions): Program {
  return new Program(options, () => readCode(fn, options.code ?? 'deep'))
}

function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && CONTENT in value
}
