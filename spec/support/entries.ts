import { encode } from 'cachedict'
import { type Entry, encodeEntry } from '../../lib/entries/entry.ts'

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
