import assert from 'node:assert/strict'
import { OFFER_CLAIMS } from '../../../lib/stores/contract/offers.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'
import { testClaims } from '../../support/spoiled-store.ts'

describe('OFFER_CLAIMS', () => {
  testClaims(OFFER_CLAIMS, {
    'has one stamp for ever': () => ({ stamp: () => 1 }),
    'has another stamp each time': () => {
      let stamps = 0
      return { stamp: () => (stamps += 1) }
    },
    'drops nothing': () => ({
      ranks: {
        usage: () => ({ bytes: 0, entries: 4 }),
        floor: 2,
        touch: () => {},
        makeRoom: () => {},
        rankBy: () => {},
      },
    }),
    'takes snapshots that move': store => ({
      snapshot: () => ({
        get: key => store.get(key),
        entries: prefix => store.entries(prefix),
        close: () => {},
      }),
    }),
    'takes snapshots that cannot be closed twice': store => ({
      snapshot: () => {
        const snapshot = store.snapshot()
        let isOpen = true
        return {
          ...snapshot,
          close: () => {
            assert.ok(isOpen)
            isOpen = false
          },
        }
      },
    }),
  })

  it('hold of a store that counts its writes', async () => {
    for (const claim of OFFER_CLAIMS) {
      const store = new MemoryStore()
      await claim.run(async () => store)
    }
  })
})
