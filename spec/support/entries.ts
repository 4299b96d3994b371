import { encode } from 'cachedict'
import type { Lying } from '../../lib/cache/entry-info.ts'
import { type Entry, encodeEntry } from '../../lib/entries/entry.ts'
import type { KeepOptions } from '../../lib/entries/versions.ts'

/** An entry that holds `value`, with whatever else is said. */
export function entryOf(value: unknown, more: Partial<Entry> = {}): Entry {
  return {
    status: 'value',
    promise: false,
    name: 'area',
    codeVersion: 'one..',
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
