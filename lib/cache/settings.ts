import type { AnyFunction } from '../base/any-function.ts'
import { durationMs } from '../base/duration.ts'
import { sizeBytes } from '../base/size.ts'
import { type Codec, defaultCodec } from '../codec/codec.ts'
import type { Bounds, SaidBounds } from '../entries/eviction/bounds.ts'
import { policyOf } from '../entries/eviction/named-policy.ts'
import type { Store } from '../stores/store.ts'
import { type Flags, parseAccess } from './access.ts'
import type { RecallSettings } from './call.ts'
import { infoOf } from './entry-info.ts'
import {
  type BoundOptions,
  checkDecorateOptions,
  type DecorateOptions,
  type EvaluateOptions,
} from './options.ts'

/** The options of `decorate`, checked, completed and frozen. `TypeError` for what makes no sense. */
export function resolveDecorate(
  options: DecorateOptions,
  fn: AnyFunction,
  store: () => Store,
): RecallSettings {
  checkDecorateOptions(options)
  const { keepIf, validIf, errors = false } = options
  const codec = options.codec ?? defaultCodec
  const ttlMs = optionalMs(options.ttl, 'ttl')
  return Object.freeze<RecallSettings>({
    access: parseAccess(options.access === undefined ? 'rew' : options.access),
    name: options.name ?? fn.name,
    ttlMs,
    errorTtlMs: optionalMs(options.errorTtl, 'errorTtl') ?? ttlMs,
    keepsError: errors === true ? () => true : errors === false ? undefined : errors,
    keepIf: keepIf as RecallSettings['keepIf'],
    validIf:
      validIf &&
      ((value, entry, storeKey) =>
        validIf(
          value as never,
          infoOf(
            store(),
            { storeKey, head: entry, sizeBytes: entry.value.byteLength, usedAtMs: undefined },
            { codec, current: true },
          ),
        )),
    history: options.history === 'append',
    alone: false,
    codec,
    strict: options.strict ?? false,
  })
}

/** The same, for one `evaluate` of a dictionary. */
export function resolveEvaluate(
  options: EvaluateOptions,
  defaults: { readonly access: Flags; readonly name: string; readonly codec: Codec },
): RecallSettings {
  const ttlMs = optionalMs(options.ttl, 'ttl')
  // Written out: each `evaluate` makes one, and spreading is several times slower.
  return {
    access: defaults.access,
    name: defaults.name,
    codec: defaults.codec,
    ttlMs,
    errorTtlMs: ttlMs,
    keepsError: undefined,
    keepIf: options.keepIf as RecallSettings['keepIf'],
    validIf: undefined,
    history: false,
    alone: false,
    strict: false,
  }
}

/** The bounds of the store that `options` lead to. `usual`: those of the place that serves where they name no path. */
export function resolveBounds(
  options: BoundOptions & Pick<DecorateOptions, 'path'>,
  usual: BoundOptions = {},
): SaidBounds {
  return { said: boundsFrom(options), usual: options.path === undefined ? boundsFrom(usual) : {} }
}

function boundsFrom({ maxSize, maxEntries, evict }: BoundOptions): Bounds {
  return {
    maxBytes: maxSize === undefined ? undefined : sizeBytes(maxSize, 'The option maxSize'),
    maxEntries,
    policy: evict === undefined ? undefined : policyOf(evict, 'The option evict'),
  }
}

function optionalMs(duration: unknown, what: string): number | undefined {
  return duration === undefined ? undefined : durationMs(duration, `The option ${what}`)
}
