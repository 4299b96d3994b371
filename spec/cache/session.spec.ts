import assert from 'node:assert/strict'
import { events, openStore } from 'cachedict'
import { openSession } from '../../lib/cache/session.ts'
import { acquireLock } from '../../lib/files/lock.ts'
import { entryOf } from '../support/entries.ts'
import { ownCache } from '../support/own-cache.ts'

describe('openSession', () => {
  const folder = ownCache()

  it('ends once: the second who closes waits for the first', async () => {
    const session = await openSession('d', 'rew', {})
    session.block.set('d"a', entryOf(1))
    assert.equal(session.closed, false)
    const closing = session.close()
    assert.equal(session.closed, true)
    await Promise.all([closing, session.close(), session.discard()])
    assert.ok(await (await openStore('d')).get('d"a'))
  })

  it('commits in turn: a close waits for the flush before it', async () => {
    const session = await openSession('d', 'rew', {})
    session.block.set('d"a', entryOf(1))
    const flushing = session.flush()
    session.block.set('d"b', entryOf(2))
    await session.close()
    await flushing
    const store = await openStore('d')
    assert.deepEqual(
      [...(await store.entries('d'))].map(([key]) => key),
      ['d"a', 'd"b'],
    )
  })

  it('refuses a store that answers later', async () => {
    const traits = { sync: false, persistent: true, multiProcess: true, atomicBatch: true, leases: false }
    const later = {
      traits,
      get: async () => undefined,
      entries: async () => [],
      write: async () => {},
      close() {},
    }
    await assert.rejects(openSession(later, 'rew', {}), { name: 'TypeError', message: /traits\.sync/ })
  })

  it('waits for the process that has exclusive access, and says so', async () => {
    const release = await acquireLock(folder('d.exclusive'))
    const waiting = new Promise<string>(resolve => {
      const leave = events.on('waiting', ({ path }) => {
        leave()
        resolve(path)
      })
    })
    const opening = openSession('d', 'rew', { exclusive: true })
    assert.equal(await waiting, folder('d'))
    release()
    await (await opening).close()
  })

  it('gives exclusive access back where opening failed', async () => {
    const store = await openStore('memory:x')
    const broken = Object.create(store, { snapshot: { value: undefined } }) as typeof store
    await assert.rejects(openSession(broken, 'rew', { exclusive: true }), TypeError)
    await assert.rejects(openSession(broken, 'rew', { exclusive: true }), TypeError)
  })
})
