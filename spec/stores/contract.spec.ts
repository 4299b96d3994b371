import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attempt } from '../../lib/base/maybe-promise.ts'
import { meets, STORE_CONTRACT } from '../../lib/stores/contract.ts'
import { FileStore } from '../../lib/stores/file/file-store.ts'
import { LmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import type { Store } from '../../lib/stores/store.ts'
import { FailingStore } from '../support/failing-store.ts'

interface Subject {
  readonly name: string
  /** Makes a place for one store: how to open it, as often as one likes, and how to remove it. */
  place(): { readonly open: () => Store; readonly remove: () => void }
}

const nothing = () => {}

function folderPlace(open: (path: string) => Store): ReturnType<Subject['place']> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cachedict-')))
  return {
    open: () => open(join(folder, 'sub', 'store.cache')),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const SUBJECTS: readonly Subject[] = [
  { name: 'MemoryStore', place: () => ({ open: () => new MemoryStore(), remove: nothing }) },
  {
    name: "MemoryStore over a user's Map",
    place: () => {
      const map = new Map<string, Uint8Array>()
      return { open: () => new MemoryStore(map), remove: nothing }
    },
  },
  { name: 'FileStore', place: () => folderPlace(path => new FileStore(path)) },
  { name: 'LmdbStore', place: () => folderPlace(path => new LmdbStore(path)) },
  {
    name: 'FailingStore that does not fail',
    place: () => ({
      open: () => new FailingStore(new MemoryStore(), { failAt: 0, how: 'once', error: Error }),
      remove: nothing,
    }),
  },
]

for (const subject of SUBJECTS) {
  describe(`STORE_CONTRACT: ${subject.name}`, () => {
    for (const claim of STORE_CONTRACT) {
      const place = subject.place()
      const { traits } = place.open()
      after(place.remove)
      if (meets(traits, claim)) it(claim.name, () => claim.run(async () => place.open()))
    }
  })
}

describe('STORE_CONTRACT', () => {
  it('asks for nothing that needs a trait which the store does not have', () => {
    const claim = { name: 'x', needs: { sync: true }, run: async () => {} }
    assert.equal(meets({ ...new MemoryStore().traits, sync: false }, claim), false)
    assert.equal(meets(new MemoryStore().traits, claim), true)
  })

  it('lets a store that fails at its k-th operation through no claim that comes so far', async () => {
    for (const claim of STORE_CONTRACT) {
      const sound = new FailingStore(new MemoryStore(), { failAt: 0, how: 'once', error: Error })
      if (!meets(sound.traits, claim)) continue
      await claim.run(async () => sound)
      for (const failAt of new Set([1, Math.ceil(sound.operations / 2), sound.operations])) {
        const error = () => new Error('broken')
        const store = new FailingStore(new MemoryStore(), { failAt, how: 'for good', error })
        await assert.rejects(() => claim.run(async () => store), `${claim.name} at ${failAt}`)
      }
    }
  })

  for (const [name, spoil] of Object.entries(spoiledStores())) {
    it(`finds a store that ${name}`, async () => {
      let found: string | undefined
      for (const claim of STORE_CONTRACT) {
        const store = spoil(new MemoryStore())
        if (!meets(store.traits, claim)) continue
        await claim.run(async () => store).catch(() => (found = claim.name))
        if (found !== undefined) break
      }
      assert.notEqual(found, undefined)
    })
  }
})

/** Stores with one fault each. */
function spoiledStores(): Record<string, (store: MemoryStore) => Store> {
  const but = (store: MemoryStore, own: Partial<Store>): Store => ({
    traits: store.traits,
    get: key => store.get(key),
    entries: prefix => store.entries(prefix),
    snapshot: () => store.snapshot(),
    write: request => store.write(request),
    writeSync: request => store.writeSync(request),
    close: () => store.close(),
    ...own,
  })
  return {
    'confuses empty with absent': store =>
      but(store, { get: key => (store.get(key)?.length ? store.get(key) : undefined) }),
    'ignores the prefix': store => but(store, { entries: () => store.entries() }),
    'takes snapshots that move': store =>
      but(store, {
        snapshot: () => ({
          get: key => store.get(key),
          entries: prefix => store.entries(prefix),
          close: nothing,
        }),
      }),
    'folds the case of keys': store => but(store, { get: key => store.get(key.normalize('NFC')) }),
    'swallows the error of a plan': store =>
      but(store, { write: request => store.write(request).catch(nothing) }),
    'shows a plan nothing': store =>
      but(store, {
        write: ({ plan, ...request }) => store.write({ ...request, plan: () => plan(new Map(), () => []) }),
      }),
    'writes in the background': store =>
      but(store, {
        write: async request => {
          setImmediate(() => attempt(() => store.writeSync(request), nothing, nothing))
        },
      }),
    'goes on after it was closed': store => but(store, { close: nothing }),
  }
}
