import assert from 'node:assert/strict'
import { freshnessOf } from '../../lib/cache/freshness.ts'
import { FileStore } from '../../lib/stores/file/file-store.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { type Store, writeOf } from '../../lib/stores/store.ts'
import { quickClock } from '../support/quick-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('freshnessOf', () => {
  const quick = quickClock()
  const at = temporaryFolder()
  const put = (text: string) => writeOf([{ key: 'd"k', bytes: Buffer.from(text) }], { durable: false })

  it('asks for the stamp every 10 ms', () => {
    let asked = 0
    const store = { writes: 0, stamp: () => ++asked } as unknown as Store
    const stampNow = freshnessOf(store)
    assert.deepEqual([stampNow(), stampNow()], [1, 1])
    quick.advance(10)
    assert.deepEqual([stampNow(), stampNow()], [2, 2])
  })

  it('asks again after a write of this process, and always where those are not counted', () => {
    let asked = 0
    const store = { writes: 0, stamp: () => ++asked }
    const stampNow = freshnessOf(store as unknown as Store)
    assert.deepEqual([stampNow(), stampNow()], [1, 1])
    store.writes += 1
    assert.deepEqual([stampNow(), stampNow()], [2, 2])
    const always = freshnessOf({ stamp: () => ++asked } as unknown as Store)
    assert.deepEqual([always(), always()], [3, 4])
  })

  for (const [name, open] of [
    ['MemoryStore', () => new MemoryStore()],
    ['FileStore', () => new FileStore(at('x'))],
  ] as const) {
    it(`sees another stamp after every write of this process: ${name}`, async () => {
      const store: Store = open()
      const stampNow = freshnessOf(store)
      const stamps = new Set([stampNow()])
      assert.ok(stamps.has(stampNow()))
      for (let n = 0; n < 3; n += 1) {
        store.writeSync!(put(`${n}`))
        stamps.add(stampNow())
        await store.write({ ...put(`${n} settled`), settle: true })
        stamps.add(stampNow())
      }
      assert.equal(stamps.size, 7)
      assert.ok(stamps.has(stampNow()))
      await store.close()
      assert.throws(() => void (stampNow() === store.get('d"k')), { code: 'ERR_CACHE_CLOSED' })
    })
  }

  it('sees another stamp after every write by somebody else: FileStore', () => {
    const [store, other] = [new FileStore(at('x')), new FileStore(at('x'))]
    const stamps = new Set([store.stamp()])
    for (let n = 0; n < 3; n += 1) {
      other.writeSync(put(`${n}`))
      stamps.add(store.stamp())
      other.writeSync({ ...put(`${n} settled`), settle: true })
      stamps.add(store.stamp())
    }
    assert.equal(stamps.size, 7)
    assert.ok(stamps.has(store.stamp()))
    store.close()
    other.close()
  })
})
