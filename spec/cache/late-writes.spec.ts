import assert from 'node:assert/strict'
import { close } from 'cachedict'
import { type LateWrite, writeLater, writeOverdue } from '../../lib/cache/late-writes.ts'
import { openStoreAt } from '../../lib/stores/open-store.ts'
import { quickClock } from '../support/quick-clock.ts'

describe('writeLater', () => {
  afterEach(() => close())
  const quick = quickClock()

  function itemAt(path: string) {
    const item = {
      store: openStoreAt(path),
      writes: 0,
      write() {
        item.writes += 1
        return undefined
      },
    }
    return item satisfies LateWrite
  }

  it('writes once, however often it is asked, when the store is closed', async () => {
    const [one, other] = [itemAt('memory:one'), itemAt('memory:other')]
    for (const item of [one, one, other]) writeLater(item)
    assert.equal(one.writes, 0)
    await close()
    assert.deepEqual([one.writes, other.writes], [1, 1])
    await close()
    assert.equal(one.writes, 1)
  })

  it('writes what is overdue, where no timer can run', () => {
    const item = itemAt('memory:one')
    writeLater(item)
    writeOverdue()
    assert.equal(item.writes, 0)
    quick.advance(2_001)
    writeOverdue()
    assert.equal(item.writes, 1)
  })

  it('listens once for the end of the process', () => {
    const before = process.listenerCount('exit')
    for (let n = 0; n < 20; n += 1) writeLater(itemAt(`memory:${n}`))
    assert.ok(process.listenerCount('exit') - before <= 1)
  })
})
