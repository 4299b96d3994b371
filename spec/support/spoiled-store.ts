import assert from 'node:assert/strict'
import type { StoreClaim } from '../../lib/stores/contract/claim.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import type { Change, Store } from '../../lib/stores/store.ts'

/** Makes of a sound store one with a fault. */
export type Spoil = (store: MemoryStore) => Partial<Store>

/** What is written is changed by `body` first. */
export function changing(body: (change: Change, at: number) => readonly Change[]): Spoil {
  return store => ({
    write: request => store.write({ ...request, plan: (...seen) => request.plan(...seen).flatMap(body) }),
  })
}

/** What is read is changed by `body`. */
export function giving(body: (bytes: Uint8Array, key: string) => Uint8Array | undefined): Spoil {
  return store => ({
    get: key => {
      const bytes = store.get(key)
      return bytes === undefined ? undefined : body(bytes, key)
    },
  })
}

/** Each claim holds of a sound store, and finds one of the stores with a fault at least; each fault is found. */
export function testClaims(claims: readonly StoreClaim[], faults: Readonly<Record<string, Spoil>>): void {
  const found = new Set<StoreClaim>()

  for (const [fault, spoil] of Object.entries(faults)) {
    it(`finds a store that ${fault}`, async () => {
      const finding: StoreClaim[] = []
      for (const claim of claims) {
        const open = storesOverOneMap(spoil)
        await claim.run(open).catch(() => finding.push(claim))
      }
      assert.notEqual(finding.length, 0)
      for (const claim of finding) found.add(claim)
    })
  }

  it('has no claim that every one of these stores keeps, and none that a sound one breaks', async () => {
    for (const claim of claims) await claim.run(storesOverOneMap(() => ({})))
    assert.deepEqual(
      claims.filter(claim => !found.has(claim)).map(({ name }) => name),
      [],
    )
  })
}

function storesOverOneMap(spoil: Spoil): () => Promise<Store> {
  const map = new Map<string, Uint8Array>()
  return async () => {
    const store = new MemoryStore(map)
    return { ...soundStore(store), ...spoil(store) }
  }
}

/** What `store` does, as an object that may be spoiled. */
export function soundStore(store: MemoryStore): Store {
  return {
    traits: store.traits,
    get: key => store.get(key),
    entries: prefix => store.entries(prefix),
    snapshot: () => store.snapshot(),
    write: request => store.write(request),
    writeSync: request => store.writeSync(request),
    close: () => store.close(),
  }
}
