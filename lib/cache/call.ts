import type { AnyFunction } from '../base/any-function.ts'
import type { MaybePromise } from '../base/maybe-promise.ts'
import type { Codec } from '../codec/codec.ts'
import type { CodeVersion } from '../entries/code-version.ts'
import type { Surroundings } from '../entries/dependencies.ts'
import type { Entry } from '../entries/entry.ts'
import { keyText } from '../entries/entry-key.ts'
import type { Read } from '../entries/find.ts'
import type { View } from '../entries/use.ts'
import { type CacheEventMap, type CacheEventType, emit, isHeard } from '../events/events.ts'
import type { CodeReading } from '../fingerprint/code-reading.ts'
import type { Store, WriteRequest } from '../stores/store.ts'
import type { Flags } from './access.ts'
import type { MemoryTier } from './memory-tier.ts'
import type { Program } from './program.ts'

/** What holds for every call of one function, or of one `evaluate`. */
export interface RecallSettings {
  readonly access: Flags
  readonly name: string
  readonly ttlMs: number | undefined
  readonly errorTtlMs: number | undefined
  /** Which thrown errors are kept; undefined: none, and kept ones do not count. */
  readonly keepsError: ((error: unknown) => boolean) | undefined
  readonly keepIf: ((value: unknown, ...args: readonly unknown[]) => unknown) | undefined
  readonly validIf: ((value: unknown, entry: Entry, storeKey: string) => unknown) | undefined
  readonly history: boolean
  /** Whatever else the store holds goes when a result is kept. */
  readonly alone: boolean
  readonly codec: Codec
  readonly strict: boolean
}

/** What is asked of the program that a call runs. */
export interface CalledProgram extends Pick<Program, 'refusal' | 'watch'> {
  reading(): Pick<CodeReading, 'code' | 'findings' | 'parts'>
}

/** One call that is about to be recalled. */
export interface Call {
  readonly settings: RecallSettings
  /** What it may do, where that was looked up already. */
  readonly access?: Flags
  readonly storeKey: string
  /** Names it among all calls on its store, more cheaply; undefined: what is found for it is not remembered. */
  readonly memoryKey?: string
  /** Always the same, whatever its program becomes meanwhile. */
  readonly code: () => CodeVersion
  readonly program: CalledProgram
  /** For messages: `area(3, 4)`. */
  readonly title: () => string
  /** A user's key as text, where the store key does not show it; else ''. */
  readonly label?: () => string
  readonly args: readonly unknown[]
  /** What it is called with as it may be shown, without what is ignored; of an `evaluate`, the key. */
  readonly shown: () => readonly unknown[]
  /** What is kept beside the value: the user's key and the arguments, encoded. */
  readonly labels: () => Pick<Entry, 'key' | 'args'>
  /** The user's function. */
  readonly fn: AnyFunction
  readonly evaluate: () => unknown
  /** Whether it would still have the same key: what it was called with may be changed by whoever called it. */
  readonly isSame: () => boolean
  /** Whether the program is still the one under which it is looked for. */
  readonly isCurrent: () => boolean
  /** Whether it was called with something that it could change. */
  readonly isMutable: () => boolean
  readonly refresh: boolean
  readonly signal?: AbortSignal | undefined
}

export interface NewResult {
  readonly storeKey: string
  readonly entry: Entry
  readonly request: WriteRequest
  /** Done when `keep` returns; else when its promise resolves. */
  readonly sync: boolean
  /** False: the access does not allow it, and the shelf only remembers. */
  readonly written: boolean
  /** When its evaluation began, by `performance.now()`. */
  readonly startedMs: number
}

/** Where results are looked for and put: a store, or a block's view of one. */
export interface Shelf {
  readonly store: Store
  readonly place: string
  readonly read: Read
  /** What was read a moment ago; asked instead, where it is there, unless it has to be the latest. */
  readonly memory?: MemoryTier | undefined
  /** As of now. */
  readonly readLatest: Read
  /** Of a dictionary that is open: what it shows. */
  readonly view?: () => View | undefined
  /** Where functions look that are called here. */
  readonly around: Surroundings
  /** Results that may not be written are kept all the same, for the length of a block. */
  readonly remembers: boolean
  /** Makes a result durable. */
  keep(result: NewResult): MaybePromise<void>
  /** The value of `entry` as the caller gets it. `entry` is given away. */
  open(entry: Entry, storeKey: string, codec: Codec): unknown
  report<T extends CacheEventType>(
    type: T,
    call: Pick<Call, 'settings' | 'storeKey'>,
    fields: EventFields<T>,
  ): void
}

/** What is said of a call besides which one it is. */
export type EventFields<T extends CacheEventType> = Omit<CacheEventMap[T], 'name' | 'key'>

/** Tells those who listen. The event, and the key in it, are made only for them. */
export function tell<T extends CacheEventType>(
  type: T,
  { settings, storeKey }: Pick<Call, 'settings' | 'storeKey'>,
  fields: EventFields<T>,
): void {
  // The fields of T and what every event about a call has: together the event.
  if (isHeard(type))
    emit(type, { ...fields, name: settings.name, key: keyText(storeKey) } as unknown as CacheEventMap[T])
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
