import { CacheError } from '../base/errors.ts'
import { OWN_TOOL } from '../base/own-tool.ts'
import type { Snapshot, Store, StoreEntry, StoreTraits, WriteRequest } from './store.ts'
import { wholeChanges } from './whole-changes.ts'

/** A store in a `Map` of this process: the user's own, which it keeps up to date, or one of its own. */
export class MemoryStore implements Store {
  static {
    Object.defineProperty(MemoryStore.prototype, OWN_TOOL, { value: true })
  }
  readonly traits: StoreTraits = Object.freeze({
    sync: true,
    persistent: false,
    multiProcess: false,
    atomicBatch: true,
    leases: false,
  })
  /** Missing over the user's own map, which may change without this store. */
  readonly stamp?: () => number
  readonly #map: Map<string, Uint8Array>
  #writes = 0
  #closed = false

  constructor(map?: Map<string, Uint8Array>) {
    this.#map = map ?? new Map()
    if (map === undefined) this.stamp = () => this.#writes
  }

  get(key: string): Uint8Array | undefined {
    this.#assertOpen()
    return copyOf(this.#map.get(key))
  }

  entries(prefix = ''): Iterable<StoreEntry> {
    this.#assertOpen()
    return listMap(new Map(this.#map), prefix)
  }

  snapshot(): Snapshot {
    this.#assertOpen()
    const map = new Map(this.#map)
    return {
      get: key => copyOf(map.get(key)),
      entries: (prefix = '') => listMap(map, prefix),
      close: () => map.clear(),
    }
  }

  writeSync({ reads, plan }: WriteRequest): void {
    this.#assertOpen()
    const current = new Map<string, Uint8Array>()
    for (const key of reads) {
      const bytes = copyOf(this.#map.get(key))
      if (bytes !== undefined) current.set(key, bytes)
    }
    const changes = plan(current, () => this.entries())
    this.#writes += 1
    for (const { key, bytes } of wholeChanges(changes, other => this.#map.get(other))) {
      if (bytes === undefined) this.#map.delete(key)
      // The caller may go on using its array.
      else this.#map.set(key, new Uint8Array(bytes))
    }
  }

  async write(request: WriteRequest): Promise<void> {
    this.writeSync(request)
  }

  close(): void {
    this.#closed = true
    this.#writes += 1
  }

  #assertOpen(): void {
    if (!this.#closed) return
    throw new CacheError(
      'ERR_CACHE_CLOSED',
      'This memory store was closed, and cannot be used any more. Open it again.',
    )
  }
}

function* listMap(map: ReadonlyMap<string, Uint8Array>, prefix: string): Iterable<StoreEntry> {
  for (const [key, bytes] of map) if (key.startsWith(prefix)) yield [key, copyOf(bytes)!]
}

/** Memory of its own, never a view onto what is kept. */
function copyOf(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes === undefined ? undefined : new Uint8Array(bytes)
}
