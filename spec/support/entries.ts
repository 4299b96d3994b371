import { encode } from 'cachedict'
import type { Lying } from '../../lib/cache/entry-info.ts'
import { type CodeVersion, codeVersionOf } from '../../lib/entries/code-version.ts'
import type { Surroundings } from '../../lib/entries/dependencies.ts'
import { type Entry, encodeEntry } from '../../lib/entries/entry.ts'
import { OF_NOTHING, type Use } from '../../lib/entries/made-of.ts'
import { SEEN_NOTHING, type View } from '../../lib/entries/use.ts'
import type { KeepOptions } from '../../lib/entries/versions.ts'

/** An entry that holds `value`, with whatever else is said. */
export function entryOf(value: unknown, more: Partial<Entry> = {}): Entry {
  return {
    status: 'value',
    promise: false,
    name: 'area',
    codeVersion: 'one...',
    values: '',
    madeOf: OF_NOTHING,
    createdAtMs: 1_000,
    expiresAtMs: undefined,
    costMs: 5,
    codecId: 'msgpack',
    key: undefined,
    args: undefined,
    older: [],
    value: encode(value),
    ...more,
  }
}

/** The version of code whose digest is `code`, without anything else. */
export function versionOfCode(code: string, values: readonly string[] = []): CodeVersion {
  return codeVersionOf({ code, version: '', deps: '', values })
}

/** Nothing that could be seen, and nobody who is known. */
export const NOWHERE: Surroundings = { viewsAt: () => [], versionsOf: () => [], turnoverOf: () => undefined }

/** Store keys with their frames, as a store would give them. */
export function framesOf(entries: Readonly<Record<string, Entry>>): Map<string, Uint8Array> {
  return new Map(Object.entries(entries).map(([key, entry]) => [key, encodeEntry(entry, key)]))
}

/** How `entry` is kept where nothing else is said: over whatever is there. */
export function keepingOf(more: Partial<KeepOptions> = {}): KeepOptions {
  return {
    history: false,
    alone: false,
    begunAtMs: Number.POSITIVE_INFINITY,
    standing: () => ({}),
    decided: () => {},
    ...more,
  }
}

/** `entry` as a listing shows it. */
export function lyingOf(storeKey: string, entry: Entry): Lying {
  return { storeKey, head: entry, sizeBytes: entry.value.byteLength, usedAtMs: undefined }
}

/** A use of a value that was absent, with whatever else is said. */
export function useOf(more: Partial<Use> = {}): Use {
  return { place: '', what: 'value', key: 'd"x', label: '', codeVersion: '', ...SEEN_NOTHING, ...more }
}

/** A dictionary in which these entries lie. */
export function viewOf(entries: Readonly<Record<string, Entry>>): View {
  const frames = framesOf(entries)
  const get = (key: string) => frames.get(key)
  return { get, latest: get, list: () => frames }
}
