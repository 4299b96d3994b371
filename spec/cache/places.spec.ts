import assert from 'node:assert/strict'
import { MemoryStore, openStore } from 'cachedict'
import { placeIdOf, storeAt } from '../../lib/cache/places.ts'
import { ownCache } from '../support/own-cache.ts'

describe('the place of a store', () => {
  const at = ownCache()

  it('is its path, by which it is found again', async () => {
    const store = await openStore(at('x.cache'))
    assert.equal(placeIdOf(store), at('x.cache'))
    assert.equal(storeAt(at('x.cache')), store)
  })

  it('is a name that this process knows, for one in memory', () => {
    const [one, two] = [new MemoryStore(), new MemoryStore()]
    assert.equal(placeIdOf(one), placeIdOf(one))
    assert.notEqual(placeIdOf(one), placeIdOf(two))
    assert.equal(storeAt(placeIdOf(two)), two)
    const ofAnotherProcess = placeIdOf(one).replace(/[0-9a-f]{8}-/, '00000000-')
    assert.equal(storeAt(ofAnotherProcess), undefined)
  })

  it('leads nowhere where no store can be', () => {
    assert.equal(storeAt('ftp://nowhere'), undefined)
  })
})
