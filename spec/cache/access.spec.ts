import assert from 'node:assert/strict'
import { type Access, CacheDict, decorate, withCache } from 'cachedict'
import { accessNow, parseAccess } from '../../lib/cache/access.ts'
import { ACCESS_ORDERS } from '../support/access-orders.ts'
import { ownCache } from '../support/own-cache.ts'
import { withEnvironment } from '../support/with-environment.ts'

describe('parseAccess', () => {
  it('reads one to three distinct flags in any order', () => {
    for (const [canonical, orders] of Object.entries(ACCESS_ORDERS)) {
      for (const access of orders) {
        assert.deepEqual(parseAccess(access), {
          read: canonical.includes('r'),
          evaluate: canonical.includes('e'),
          write: canonical.includes('w'),
        })
      }
    }
  })

  for (const access of ['', 'x', 'rr', 'rewr', 'reww', 'R', ' r', 'read', null, 7, ['r'], {}] as unknown[]) {
    it(`refuses ${JSON.stringify(access)}`, () => {
      assert.throws(() => parseAccess(access), { name: 'TypeError', message: /"r" \(read\)/ })
      const wrong = access as Access
      assert.throws(() => decorate(function area() {}, { access: wrong }), TypeError)
    })
  }

  it('refuses wrong flags in withCache and open too, before anything is opened', async () => {
    await assert.rejects(
      withCache('x', 'rx' as Access, () => {}),
      TypeError,
    )
    await assert.rejects(CacheDict.open('x', '' as Access), TypeError)
  })
})

describe('accessNow', () => {
  it('is what the program said, where the environment says nothing', () => {
    withEnvironment({ CACHEDICT_ACCESS: '' }, () =>
      assert.deepEqual(accessNow(parseAccess('re')), parseAccess('re')),
    )
  })

  it('is what the environment says, but never allows evaluating what the program does not', () => {
    withEnvironment({ CACHEDICT_ACCESS: 'ew' }, () => {
      assert.deepEqual(accessNow(parseAccess('re')), { read: false, evaluate: true, write: true })
      assert.deepEqual(accessNow(parseAccess('rw')), { read: false, evaluate: false, write: true })
    })
  })
})

describe('CACHEDICT_ACCESS', () => {
  ownCache()

  function counted() {
    let runs = 0
    const count = decorate(function count() {
      runs += 1
      return runs
    })
    return count
  }

  it('refreshes with "ew"', () => {
    const count = counted()
    assert.equal(count(), 1)
    withEnvironment({ CACHEDICT_ACCESS: 'ew' }, () => assert.equal(count(), 2))
    assert.equal(count(), 2)
  })

  it('bypasses with "e"', () => {
    const count = counted()
    assert.equal(count(), 1)
    withEnvironment({ CACHEDICT_ACCESS: 'e' }, () => assert.equal(count(), 2))
    assert.equal(count(), 1)
  })

  it('replays with "r"', () => {
    const count = counted()
    withEnvironment({ CACHEDICT_ACCESS: 'r' }, () => {
      assert.throws(() => count(), { code: 'ERR_CACHE_MISS' })
    })
    assert.equal(count(), 1)
    withEnvironment({ CACHEDICT_ACCESS: 'r' }, () => assert.equal(count(), 1))
  })

  it('never adds "e" where the program withheld it', async () => {
    const replay = decorate(function replay() {}, { access: 'r' })
    await withCache('dict', 'rw', dict => {
      withEnvironment({ CACHEDICT_ACCESS: 'rew' }, () => {
        assert.throws(() => replay(), { code: 'ERR_CACHE_MISS' })
        assert.throws(() => dict.evaluate('k', () => 1), { code: 'ERR_CACHE_MISS' })
      })
    })
  })

  it('holds for evaluate, and never for get, set, update, delete and the commit', async () => {
    let runs = 0
    const compute = () => ++runs
    await withCache('dict', dict => dict.set('kept', 1).evaluate('computed', compute))
    for (const said of ['r', 'e', 'ew']) {
      await withEnvironment({ CACHEDICT_ACCESS: said }, () =>
        withCache<number>('dict', dict => {
          assert.equal(dict.get('kept'), 1)
          dict.set(`by ${said}`, 1)
          dict.update('kept', n => n)
          dict.set('gone', 1).delete('gone')
          assert.equal(dict.evaluate('computed', compute), { r: 1, e: 2, ew: 3 }[said])
          assert.equal(dict.get(`by ${said}`), 1)
        }),
      )
    }
    await withCache('dict', 'r', dict => {
      assert.deepEqual([...dict.keys()].sort(), ['by e', 'by ew', 'by r', 'computed', 'kept'])
      assert.equal(dict.get('computed'), 3)
    })
  })

  it('is a TypeError at the first use where it is no access', async () => {
    const count = counted()
    await withEnvironment({ CACHEDICT_ACCESS: 'read' }, async () => {
      assert.throws(() => count(), { name: 'TypeError', message: /CACHEDICT_ACCESS/ })
      await withCache('dict', dict => {
        dict.set('a', 1)
        assert.throws(() => dict.evaluate('b', () => 1), TypeError)
      })
    })
  })
})
