import type { AnyFunction } from '../base/any-function.ts'
import { encodeNamed } from '../codec/codec.ts'
import type { CodeVersion } from '../entries/code-version.ts'
import type { Entry } from '../entries/entry.ts'
import { plainUserKey } from '../entries/entry-key.ts'
import type { Flags } from './access.ts'
import type { Call, RecallSettings } from './call.ts'
import { encodeArguments } from './encode-arguments.ts'
import type { FunctionKey, KeyMaker } from './function-key.ts'
import type { Program } from './program.ts'
import { renderCall } from './render-call.ts'

/** What all calls of one cached function have in common. */
export interface Called {
  readonly fn: AnyFunction
  readonly settings: RecallSettings
  readonly program: Program
  readonly keyOf: KeyMaker
}

export interface CallDetails extends Pick<Call, 'args' | 'refresh'> {
  readonly access: Flags
  readonly receiver: unknown
}

/** One call of a cached function. A hit from memory needs next to nothing of it: the rest is made when it is asked for. */
export class FunctionCall implements Call {
  readonly settings: RecallSettings
  readonly access: Flags
  readonly args: readonly unknown[]
  readonly refresh: boolean
  readonly #called: Called
  readonly #key: FunctionKey
  readonly #receiver: unknown
  #storeKey: string | undefined
  #code: CodeVersion | undefined

  constructor(called: Called, key: FunctionKey, { access, receiver, args, refresh }: CallDetails) {
    this.settings = called.settings
    this.access = access
    this.args = args
    this.refresh = refresh
    this.#called = called
    this.#key = key
    this.#receiver = receiver
  }

  get memoryKey(): string {
    return this.#key.text
  }

  get storeKey(): string {
    this.#storeKey ??= this.#key.storeKey
    return this.#storeKey
  }

  set storeKey(storeKey: string) {
    this.#storeKey = storeKey
  }

  get program(): Program {
    return this.#called.program
  }

  code(): CodeVersion {
    this.#code ??= this.#called.program.version()
    return this.#code
  }

  get fn(): AnyFunction {
    return this.#called.fn
  }

  get evaluate(): () => unknown {
    return () => Reflect.apply(this.#called.fn, this.#receiver, this.args)
  }

  title(): string {
    return renderCall(this.settings.name, this.args)
  }

  shown(): readonly unknown[] {
    return this.#key.shown
  }

  labels(): Pick<Entry, 'key' | 'args'> {
    const { userKey, storeKey, shown } = this.#key
    const isShown = userKey === undefined || plainUserKey(storeKey) !== undefined
    return { key: isShown ? undefined : encodeNamed(userKey.value, 'key'), args: encodeArguments(shown) }
  }

  /** Who names calls by a key of his own has said what counts. */
  isMutable(): boolean {
    return this.#key.userKey === undefined && this.args.some(arg => typeof arg === 'object' && arg !== null)
  }

  isCurrent(): boolean {
    return this.#called.program.version() === this.code()
  }

  isSame(): boolean {
    return this.#called.keyOf(this.#receiver, this.args).text === this.#key.text
  }
}
