import assert from 'node:assert/strict'
import { blockShelf } from '../../lib/cache/block-shelf.ts'
import { openSession } from '../../lib/cache/session.ts'
import { SharedValues } from '../../lib/cache/shared-values.ts'
import { decode } from '../../lib/codec/codec.ts'
import { decodeEntry } from '../../lib/entries/entry.ts'
import { keepRequest } from '../../lib/entries/versions.ts'
import { entryOf, keepingOf } from '../support/entries.ts'
import { ownCache } from '../support/own-cache.ts'

const KEY = 'd"key'

describe('blockShelf', () => {
  ownCache()

  const resultOf = (value: unknown, written: boolean) => {
    const entry = entryOf(value)
    return {
      storeKey: KEY,
      entry,
      request: keepRequest(KEY, entry, keepingOf()),
      sync: true,
      written,
      startedMs: performance.now(),
    }
  }

  it('sees what the block changed, over the store as it is now', async () => {
    const session = await openSession('d', 'rew', {})
    const shelf = blockShelf(session, new SharedValues())
    assert.equal(await shelf.read(KEY), undefined)
    session.store.writeSync?.(resultOf(1, true).request)
    assert.ok(await shelf.read(KEY))
    session.block.delete(KEY)
    session.block.set(KEY, entryOf(2))
    session.block.delete(KEY)
    assert.equal(await shelf.read(KEY), undefined)
    await session.close()
  })

  it('leaves what the block has set, or deleted, since the evaluation began', async () => {
    const session = await openSession('d', 'rew', {})
    const shelf = blockShelf(session, new SharedValues())
    const valueNow = () => {
      const frame = session.block.get(KEY)
      return frame === undefined ? undefined : decode(decodeEntry(frame, KEY)!.value)
    }
    for (const [change, value] of [
      [() => session.block.set(KEY, entryOf('mine')), 'mine'],
      [() => session.block.delete(KEY), undefined],
    ] as const) {
      const computed = resultOf('computed', true)
      change()
      await shelf.keep(computed)
      assert.equal(valueNow(), value)
    }
    await shelf.keep(resultOf('computed later', true))
    assert.equal(valueNow(), 'computed later')
    await session.close()
    const kept = decodeEntry((await session.store.get(KEY))!, KEY)
    assert.equal(decode(kept!.value), 'computed later')
  })

  it('remembers for the block what may not be written', async () => {
    const session = await openSession('d', 're', {})
    const shelf = blockShelf(session, new SharedValues())
    await shelf.keep(resultOf(1, false))
    assert.ok(await shelf.read(KEY))
    assert.equal(session.store.get(KEY), undefined)
    assert.equal(session.block.has(KEY), true)
    await session.close()
  })

  it('sees nothing but the store after the end of the block', async () => {
    const session = await openSession('d', 'rew', {})
    const shelf = blockShelf(session, new SharedValues())
    session.block.set(KEY, entryOf('set'))
    await session.close()
    session.store.writeSync?.(resultOf('computed later', true).request)
    assert.deepEqual(await shelf.read(KEY), session.store.get(KEY))
  })

  it('keeps in the store what comes after the end of the block', async () => {
    const session = await openSession('d', 'rew', {})
    const shelf = blockShelf(session, new SharedValues())
    await session.close()
    await shelf.keep(resultOf(1, true))
    assert.ok(await session.store.get(KEY))
    assert.ok(await shelf.read(KEY))
  })
})
