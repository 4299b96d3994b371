import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { meets } from '../../../lib/stores/contract/claim.ts'
import { STORE_CONTRACT } from '../../../lib/stores/contract/contract.ts'
import { FileStore } from '../../../lib/stores/file/file-store.ts'
import { LmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'
import type { Store } from '../../../lib/stores/store.ts'
import { FailingStore } from '../../support/failing-store.ts'

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
})
