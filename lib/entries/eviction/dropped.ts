import { emit, isHeard } from '../../events/events.ts'
import type { Change } from '../../stores/store.ts'
import type { EntryHead, LyingHead } from '../entry.ts'
import { keyText } from '../entry-key.ts'
import { headKeyOf } from '../versions.ts'
import { noteOf } from './note.ts'

/** What one pass drops: its traces in the store, and the events of it. */
export class Dropped {
  readonly #heads = new Map<string, LyingHead>()

  /** `head` is undefined for what is damaged. */
  add(storeKey: string, head: LyingHead | undefined): void {
    if (head !== undefined) this.#heads.set(storeKey, head)
  }

  /** A plan that is asked again begins anew. */
  clear(): void {
    this.#heads.clear()
  }

  /** Once it is done. */
  tell(): void {
    if (!isHeard('evicted')) return
    for (const [storeKey, { name, valueBytes }] of this.#heads)
      emit('evicted', { name, key: keyText(headKeyOf(storeKey)), sizeBytes: valueBytes })
  }
}

/** Whether the last written version of its key lies there. */
export function isHeadKey(storeKey: string): boolean {
  return headKeyOf(storeKey) === storeKey
}

/** What is written where the entry under `storeKey` is dropped: a note of it; and its earlier versions go too, as nobody would find them. */
export function tracesOf(
  storeKey: string,
  head: EntryHead | undefined,
  nowMs: number,
): { readonly note: Change | undefined; readonly older: readonly string[] } {
  return isHeadKey(storeKey)
    ? { note: noteOf(storeKey, nowMs), older: head?.older ?? [] }
    : { note: undefined, older: [] }
}
