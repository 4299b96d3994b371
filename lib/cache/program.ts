import type { AnyFunction } from '../base/any-function.ts'
import { type CodeVersion, codeVersionOf } from '../entries/code-version.ts'
import type { CodeReading, CodeScope } from '../fingerprint/code-reading.ts'
import { lastLook } from '../fingerprint/last-look.ts'
import { LeftOut } from '../fingerprint/left-out.ts'
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
type Reading = Pick<
  CodeReading,
  'code' | 'values' | 'valueWithout' | 'watch' | 'hasChanged' | 'without' | 'refusal' | 'isProvisional'
>

/**
 * What the results of one function depend on in the program. It is read when first asked for, by then the program is
 * loaded, and again where that was too early, or what was captured is seen to be another. `deps` are looked at for each
 * call, too: by their content where they have one.
 */
export class Program<R extends Reading = CodeReading> {
  readonly #options: ProgramOptions
  readonly #read: () => R
  #reading: R | undefined
  #version: CodeVersion | undefined
  #hasContents = false
  #haveDepsChanged: () => boolean = () => false
  #hasChanged: () => boolean = () => false
  /** What evaluating the function changes, and what is read without that. */
  #changes: readonly ValueChange[] = []
  #rest: Pick<CodeReading, 'code' | 'values'> | undefined
  #mustWatch = true

  constructor(options: ProgramOptions, read: () => R) {
    this.#options = options
    this.#read = read
  }

  /** As of now: the same object as long as it is the same. Throws ERR_CACHE_UNKEYABLE for `deps` without an identity. */
  version(): CodeVersion {
    this.#lookAgain()
    const known = this.#version
    if (known === undefined) {
      const { deps = [], version } = this.#options
      const { code, values, valueWithout } = this.reading()
      this.#hasContents = deps.some(hasContent)
      this.#lookAtDeps(deps)
      this.#version = codeVersionOf({
        code,
        version: versionOf(version),
        deps: depsOf(deps),
        values,
        valueWithout,
      })
    } else if (this.#hasContents || this.#haveDepsChanged()) {
      const { deps = [] } = this.#options
      this.#lookAtDeps(deps)
      const digest = depsOf(deps)
      if (digest !== known.deps) this.#version = codeVersionOf({ ...known, deps: digest })
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
   * the first one, and where something has changed since: it is no cheap question.
   */
  watch(): () => readonly ValueChange[] {
    if (!this.#mustWatch) return () => this.#changes
    const reading = this.reading()
    const changes = reading.watch()
    return () => {
      if (this.#mustWatch) {
        this.#mustWatch = false
        this.#changes = merged(this.#changes, changes())
        this.#rest = this.#changes.length === 0 ? undefined : reading.without(this.#changes)
      }
      return this.#changes
    }
  }

  /** What was read of the function. */
  reading(): R {
    this.#reading ??= this.#readNow()
    return this.#reading
  }

  #lookAtDeps(deps: readonly unknown[]): void {
    if (deps.length > 0) this.#haveDepsChanged = lastLook(deps, [], new LeftOut())
  }

  #lookAgain(): void {
    const before = this.#reading
    if (before === undefined || !(before.isProvisional || this.#hasChanged())) return
    const now = this.#readNow()
    if (!before.isProvisional && this.#isSameBut(before, now)) return
    this.#reading = now
    this.#version = undefined
    this.#mustWatch = true
    this.#rest = undefined
    if (before.isProvisional || now.code !== before.code) this.#changes = []
  }

  #readNow(): R {
    const reading = this.#read()
    this.#hasChanged = () => reading.hasChanged()
    return reading
  }

  /** Whether only that differs which evaluating the function changes itself: it is not compared. */
  #isSameBut(before: R, now: R): boolean {
    return (
      areSame(before, now) || (this.#rest !== undefined && areSame(this.#rest, now.without(this.#changes)))
    )
  }
}

function areSame(a: Pick<CodeReading, 'code' | 'values'>, b: Pick<CodeReading, 'code' | 'values'>): boolean {
  return a.code === b.code && a.values.join(' ') === b.values.join(' ')
}

function merged(before: readonly ValueChange[], now: readonly ValueChange[]): readonly ValueChange[] {
  const others = before.filter(
    ({ index, settled }) => settled === undefined || now.every(each => each.index !== index),
  )
  return [...new Map([...others, ...now].map(change => [JSON.stringify(change), change])).values()]
}

/** The program of `fn` under `options`. `again`: of a function that is called more than once. */
export function programOf(fn: AnyFunction, options: ProgramOptions, again?: 'again'): Program {
  return new Program(options, () => readCode(fn, options.code ?? 'deep', again))
}

function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && CONTENT in value
}
