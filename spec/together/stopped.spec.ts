import assert from 'node:assert/strict'
import { LmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts'
import { writeOf } from '../../lib/stores/store.ts'
import { runChild } from '../support/child.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const change = (key: string) => writeOf([{ key, bytes: Buffer.from('value') }], { durable: true })

describe('A process that is stopped in the middle of a write', function () {
  this.timeout(30_000)
  const at = temporaryFolder()

  it('keeps nobody from reading, and writers from waiting without end; nothing is taken for damaged', async () => {
    const store = new LmdbStore(at('x.lmdb'))
    store.writeSync(change('a'))
    const child = runChild(`
      import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
      const store = new LmdbStore(${JSON.stringify(at('x.lmdb'))})
      store.writeSync({ reads: [], durable: true, plan() {
        console.log('inside')
        for (;;);
      } })
    `)
    await child.line()
    child.process.kill('SIGSTOP')
    const isBusy = { code: 'ERR_CACHE_BUSY', message: new RegExp(`process ${child.pid} is stopped`) }
    const tookMs = (body: () => void) => {
      const startedMs = performance.now()
      body()
      return performance.now() - startedMs
    }
    const first = tookMs(() => assert.throws(() => store.writeSync(change('b')), isBusy))
    assert.ok(first > 900 && first < 5_000, `${first} ms`)
    const next = tookMs(() => assert.throws(() => store.writeSync(change('b')), isBusy))
    assert.ok(next < 500, `${next} ms`)
    await assert.rejects(store.write(change('b')), isBusy)
    assert.equal(String(store.get('a')), 'value')
    // Somebody who opens it only now.
    const late = new LmdbStore(at('x.lmdb'))
    assert.equal(String(late.get('a')), 'value')
    assert.throws(() => late.writeSync(change('b')), isBusy)
    await child.kill()
    late.writeSync(change('b'))
    assert.equal(String(store.get('b')), 'value')
    late.close()
    store.close()
  })
})
