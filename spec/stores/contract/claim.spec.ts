import assert from 'node:assert/strict'
import { meets, withStore } from '../../../lib/stores/contract/claim.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'

describe('meets', () => {
  it('asks for nothing that needs a trait which the store does not have', () => {
    const claim = { name: 'x', needs: { sync: true }, run: async () => {} }
    assert.equal(meets({ ...new MemoryStore().traits, sync: false }, claim), false)
    assert.equal(meets(new MemoryStore().traits, claim), true)
  })
})

describe('withStore', () => {
  it('closes every store that it has opened, whatever comes of the claim', async () => {
    let open = 0
    const counted = async () => {
      const store = new MemoryStore()
      open += 1
      const close = () => {
        open -= 1
        store.close()
      }
      return { traits: store.traits, get: store.get, entries: store.entries, write: store.write, close }
    }
    const claim = withStore(async (_store, reopen) => {
      await reopen()
      throw new Error('broken')
    })
    await assert.rejects(() => claim(counted), { message: 'broken' })
    assert.equal(open, 0)
  })
})
