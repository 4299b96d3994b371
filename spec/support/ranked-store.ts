import { MemoryStore } from 'cachedict'
import type {
  Change,
  Ranks,
  Store,
  StoreEntry,
  StoreFacts,
  StoreTraits,
  WriteRequest,
} from '../../lib/stores/store.ts'

interface Standing {
  rank: number
  readonly expiresAtMs: number
  usedAtMs: number | undefined
}

/** A store in memory that keeps its entries in the order of their ranks: the simplest one that does. */
export class RankedStore implements Store {
  readonly traits: StoreTraits
  readonly standings = new Map<string, Standing>()
  /** What was asked of it. */
  readonly rankings: string[] = []
  passes = 0
  /** Waits for this before each `write`. */
  gate: Promise<void> | undefined
  readonly #memory: MemoryStore
  readonly #map: Map<string, Uint8Array>
  #floor = 0
  #rankedBy = 'cost'

  constructor(map: Map<string, Uint8Array> = new Map()) {
    this.#map = map
    this.#memory = new MemoryStore(map)
    this.traits = this.#memory.traits
  }

  get(key: string): Uint8Array | undefined {
    return this.#memory.get(key)
  }

  entries(prefix?: string): Iterable<StoreEntry> {
    return this.#memory.entries(prefix)
  }

  writeSync(request: WriteRequest): void {
    const plan: WriteRequest['plan'] = (current, entries) => {
      const changes = request.plan(current, entries)
      for (const change of changes) this.#stand(change)
      return changes
    }
    this.#memory.writeSync({ ...request, plan })
  }

  async write(request: WriteRequest): Promise<void> {
    await this.gate
    this.writeSync(request)
  }

  close(): void {
    this.#memory.close()
  }

  get bytes(): number {
    let bytes = 0
    for (const [key, value] of this.#map) bytes += key.length + value.byteLength
    return bytes
  }

  readonly ranks: Ranks = (() => {
    const store = this
    return {
      usage: () => ({ bytes: store.bytes, entries: store.standings.size }),
      get floor() {
        return store.#floor
      },
      touch(key, rank, usedAtMs) {
        const standing = store.standings.get(key)
        if (standing !== undefined) Object.assign(standing, { rank, usedAtMs })
      },
      makeRoom({ bytes, entries, nowMs, dropping }) {
        store.passes += 1
        const isExpired = ({ expiresAtMs }: Standing) => expiresAtMs <= nowMs
        const order = [...store.standings].sort(
          ([, a], [, b]) => Number(isExpired(b)) - Number(isExpired(a)) || a.rank - b.rank,
        )
        for (const [key, standing] of order) {
          if (store.bytes <= bytes && store.standings.size <= entries) return
          const value = store.#map.get(key)
          if (value === undefined) continue
          if (!isExpired(standing)) store.#floor = Math.max(store.#floor, standing.rank)
          const more = dropping(key, value, value.byteLength)
          store.writeSync({ reads: [], plan: () => [{ key, bytes: undefined }, ...more], durable: false })
        }
      },
      rankBy(policy, rank: (bytes: Uint8Array, facts: StoreFacts, key: string) => number | undefined) {
        store.rankings.push(policy)
        if (policy === store.#rankedBy) return
        store.#rankedBy = policy
        for (const [key, standing] of store.standings) {
          const now = rank(store.#map.get(key)!, { usedAtMs: standing.usedAtMs }, key)
          if (now === undefined) store.standings.delete(key)
          else standing.rank = now
        }
      },
    }
  })()

  #stand({ key, bytes, rank, expiresAtMs = Number.POSITIVE_INFINITY }: Change): void {
    if (bytes === undefined || rank === undefined) this.standings.delete(key)
    else this.standings.set(key, { rank, expiresAtMs, usedAtMs: undefined })
  }
}
