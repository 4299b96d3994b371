import { hashText } from '../../base/hash32.ts'
import type { Change, StoreEntry } from '../../stores/store.ts'
import { NOTE_PREFIX } from '../entry-key.ts'

/** How many dropped entries a store remembers at most; a later one takes the slot of an earlier one. */
export const MOST_NOTES = 16_384
const NOTE_BYTES = 16
/** What a note takes in a store, key and all. */
const NOTE_COST_BYTES = 64
/** What the notes of a small store may take of it. */
const NOTES_SHARE = 0.01
const FEWEST_NOTES = 16

/** Under which store key it is noted that what lay under `headKey` was dropped. */
export function noteKeyOf(headKey: string): string {
  return `${NOTE_PREFIX}${hashText(headKey) % MOST_NOTES}`
}

/** Notes that what lay under `headKey` was dropped to make room. */
export function noteOf(headKey: string, nowMs: number): Change {
  const bytes = Buffer.alloc(NOTE_BYTES)
  bytes.writeUInt32LE(hashText(headKey), 0)
  bytes.writeUInt32LE(secondHash(headKey), 4)
  bytes.writeDoubleLE(nowMs, 8)
  return { key: noteKeyOf(headKey), bytes }
}

/** When what lay under `headKey` was dropped; undefined where the note is of another key, or none. */
export function readNote(bytes: Uint8Array | undefined, headKey: string): number | undefined {
  if (bytes?.byteLength !== NOTE_BYTES) return undefined
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, NOTE_BYTES)
  const isMeant = view.readUInt32LE(0) === hashText(headKey) && view.readUInt32LE(4) === secondHash(headKey)
  return isMeant ? view.readDoubleLE(8) : undefined
}

/** How many notes a store of `maxBytes` keeps: they must not crowd out what they are about. */
export function mostNotes(maxBytes = Number.POSITIVE_INFINITY): number {
  const most = Math.max(FEWEST_NOTES, Math.floor((NOTES_SHARE * maxBytes) / NOTE_COST_BYTES))
  return Math.min(MOST_NOTES, most)
}

/** The oldest of the notes among `entries`, so that `most` are left. */
export function surplusNotes(entries: Iterable<StoreEntry>, most: number): readonly string[] {
  const notes: { readonly key: string; readonly atMs: number }[] = []
  for (const [key, bytes] of entries) {
    if (!key.startsWith(NOTE_PREFIX)) continue
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    notes.push({ key, atMs: view.length === NOTE_BYTES ? view.readDoubleLE(8) : 0 })
  }
  const surplus = notes.length - most
  if (surplus <= 0) return []
  return notes
    .sort((a, b) => a.atMs - b.atMs)
    .slice(0, surplus)
    .map(({ key }) => key)
}

function secondHash(headKey: string): number {
  return hashText(`${NOTE_PREFIX}${headKey}`)
}
