import { TextDecoder, TextEncoder, types } from 'node:util'
import { onceFor } from '../base/once-for.ts'
import { ownValue } from '../base/own-value.ts'
import { isFetchLoaded } from './builtins.ts'
import type { Content } from './held-content.ts'
import { isNative } from './source.ts'
import { TAG } from './tags.ts'

/** A class of the runtime whose instances keep their state where only its own methods can see it. */
export interface NativeKind {
  /** The name of the class: `URL`, `Intl.NumberFormat`. */
  readonly base: string
  /** What `value` holds; undefined for what only has the prototype. Runs no code of the program. */
  read(value: object): Omit<Content, 'base'> | undefined
}

/** The kind of what inherits from `prototype`; read once. */
export const nativeKindOf: (prototype: object) => NativeKind | undefined = onceFor(first => {
  for (let at: object | null = first; at !== null && !types.isProxy(at); at = Object.getPrototypeOf(at)) {
    const kind = kindWithPrototype(at)
    if (kind !== undefined) return kind
  }
  return undefined
})

/** The kind whose own prototype this is. */
export function kindWithPrototype(prototype: object): NativeKind | undefined {
  const known = KINDS.get(prototype)
  if (known !== undefined) return known
  const tag: unknown = ownValue(prototype, Symbol.toStringTag)
  if (typeof tag !== 'string') return undefined
  // By name: the Intl of another realm (vm, jest) has prototypes of its own.
  if (tag.startsWith('Intl.')) return isOfLanguage(prototype) ? INTL.get(tag) : undefined
  return fetchKindWithPrototype(prototype, tag)
}

// The methods are taken before the program can put others into their place.
const url = getterOf(URL.prototype, 'href')
const pairsOf: (this: URLSearchParams) => Iterable<readonly string[]> = URLSearchParams.prototype.entries
const DECODER_GETTERS = ['encoding', 'fatal', 'ignoreBOM'].map(name => getterOf(TextDecoder.prototype, name))
const textOfLocale: Reader = Intl.Locale.prototype.toString
const encoding = getterOf(TextEncoder.prototype, 'encoding')

const KINDS = new Map<object, NativeKind>([
  [URL.prototype, kind('URL', value => ({ tag: TAG.url, head: [url.call(value)] }))],
  [
    URLSearchParams.prototype,
    kind('URLSearchParams', value => ({
      tag: TAG.urlSearchParams,
      items: flatPairs(pairsOf, value),
    })),
  ],
  // A decoder in the middle of a stream holds bytes that nobody can see; it counts as a fresh one.
  [
    TextDecoder.prototype,
    kind('TextDecoder', value => ({
      tag: TAG.native,
      head: ['TextDecoder', ...DECODER_GETTERS.map(getter => getter.call(value))],
      skip: symbolsOf(new TextDecoder()),
    })),
  ],
  [
    TextEncoder.prototype,
    kind('TextEncoder', value => ({
      tag: TAG.native,
      head: ['TextEncoder', encoding.call(value)],
      skip: symbolsOf(new TextEncoder()),
    })),
  ],
])

const FORMATTERS =
  'Collator DateTimeFormat DisplayNames DurationFormat ListFormat NumberFormat PluralRules RelativeTimeFormat Segmenter'

/** Options that an older Node does not name, and takes for this. */
const NEWER_OPTIONS: Readonly<Record<string, object>> = {
  PluralRules: {
    roundingIncrement: 1,
    roundingMode: 'halfExpand',
    roundingPriority: 'auto',
    trailingZeroDisplay: 'auto',
  },
}

const INTL = new Map<string, NativeKind>([
  ...FORMATTERS.split(' ').flatMap(formatterKind),
  [
    'Intl.Locale',
    kind('Intl.Locale', value => ({ tag: TAG.native, head: ['Intl.Locale', textOfLocale.call(value)] })),
  ],
])

/** What a formatter does is told by its options, as they were resolved: locale, time zone and all. */
function formatterKind(name: string): [string, NativeKind][] {
  const owner: unknown = Reflect.get(Intl, name)
  // A newer one than this Node knows.
  if (typeof owner !== 'function') return []
  const base = `Intl.${name}`
  const optionsOf: Reader = owner.prototype.resolvedOptions
  const read = (value: object) => {
    const options = { ...NEWER_OPTIONS[name], ...(optionsOf.call(value) as object) }
    return { tag: TAG.native, head: [base], items: [options], labels: ['.resolvedOptions()'] }
  }
  return [[base, kind(base, read)]]
}

const fetchKinds = new Map<string, { readonly prototype: object; readonly kind: NativeKind }>()

/** Headers and FormData: globals that load a large module, which is left alone while nobody has made one. */
function fetchKindWithPrototype(prototype: object, tag: string): NativeKind | undefined {
  if ((tag !== 'Headers' && tag !== 'FormData') || !isFetchLoaded()) return undefined
  if (!fetchKinds.has(tag)) {
    const owner = tag === 'Headers' ? Headers : FormData
    fetchKinds.set(tag, { prototype: owner.prototype, kind: pairsKind(tag, owner) })
  }
  const known = fetchKinds.get(tag)
  return known?.prototype === prototype ? known.kind : undefined
}

function pairsKind(base: string, owner: typeof Headers | typeof FormData): NativeKind {
  const entries = owner.prototype.entries as Pairs
  return kind(base, value => {
    const items = flatPairs(entries, value)
    const labels = items.map((_, i) =>
      i % 2 === 0 ? `.keys()[${i >> 1}]` : `.get(${JSON.stringify(items[i - 1])})`,
    )
    return { tag: TAG.native, head: [base], items, labels, skip: symbolsOf(new owner()) }
  })
}

type Reader = (this: object) => unknown
type Pairs = (this: never) => Iterable<readonly unknown[]>

/** `read` throws for what is not of the class. */
function kind(base: string, read: (value: object) => Omit<Content, 'base'>): NativeKind {
  return {
    base,
    read(value) {
      try {
        return read(value)
      } catch {
        return undefined
      }
    },
  }
}

function flatPairs(entries: Pairs, value: object): unknown[] {
  return [...entries.call(value as never)].flat(1)
}

/** The runtime's own properties of an instance, which are no fields. */
function symbolsOf(sample: object): (name: string | symbol) => boolean {
  const symbols = new Set<string | symbol>(Object.getOwnPropertySymbols(sample))
  return name => symbols.has(name)
}

function getterOf(prototype: object, name: string): Reader {
  // Each is there in every version of Node.
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as Reader
}

function isOfLanguage(prototype: object): boolean {
  const owner: unknown = ownValue(prototype, 'constructor')
  return typeof owner === 'function' && isNative(owner)
}
