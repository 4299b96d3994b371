import assert from 'node:assert/strict'
import { MemoryStore, openStore, withCache } from 'cachedict'
import { placeIdOf } from '../../lib/cache/places.ts'
import { placeIn, sourceAt, surroundingsOf, viewsAt } from '../../lib/cache/surroundings.ts'
import { viewOf } from '../support/entries.ts'
import { ownCache } from '../support/own-cache.ts'

describe('placeIn and sourceAt', () => {
  const view = viewOf({})
  const own = { placeId: '/own', view }

  it('tell the dictionary itself, another one on its store, and other stores', () => {
    const other = { placeId: '/other', view: undefined }
    const beside = { placeId: '/own', view: undefined }
    assert.deepEqual(
      [own, beside, { placeId: '/own', view: viewOf({}) }, other].map(source => placeIn(own, source)),
      ['', '.', '.', '/other'],
    )
    for (const source of [own, beside, other]) assert.deepEqual(sourceAt(own, placeIn(own, source)), source)
    assert.equal(placeIn({ placeId: '/own', view: undefined }, beside), '.')
  })
})

describe('surroundingsOf', () => {
  const at = ownCache()

  it('show a dictionary its own view, and everything else through all that is open', async () => {
    const store = new MemoryStore()
    const other = await openStore(at('other.cache'))
    const view = viewOf({})
    await withCache(store, () => {
      const around = surroundingsOf(store, () => view)
      assert.deepEqual([around.viewsAt('')[0], around.viewsAt('').length], [view, 2])
      assert.equal(around.viewsAt('.').length, 2)
      assert.equal(around.viewsAt(placeIdOf(other)).length, 1)
      assert.deepEqual(around.viewsAt('ftp://nowhere'), [])
      assert.equal(surroundingsOf(store).viewsAt('').length, 2)
    })
    assert.equal(viewsAt({ placeId: placeIdOf(store), view: undefined }).length, 1)
  })

  it("show what lies beside in a store of the user's own, whatever its path", () => {
    const store = Object.assign(new MemoryStore(), { path: 'ftp://nowhere' })
    assert.equal(surroundingsOf(store).viewsAt('.').length, 1)
  })
})
