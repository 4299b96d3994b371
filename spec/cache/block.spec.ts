import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Block, type BlockOptions } from '../../lib/cache/block.ts'
import { leftBlocks } from '../../lib/entries/block-journal.ts'
import { recoverBlocks } from '../../lib/entries/commit.ts'
import { FileStore } from '../../lib/stores/file/file-store.ts'
import { entryOf } from '../support/entries.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { seenWarnings } from '../support/warnings.ts'

const KEEPS: BlockOptions = { reads: true, writes: true, discards: false }

describe('Block', () => {
  const folder = temporaryFolder()
  const warnings = seenWarnings()
  let store: FileStore
  beforeEach(() => {
    store = new FileStore(folder('d'))
  })
  afterEach(() => store.close())

  const blockOf = (options: Partial<BlockOptions> = {}) =>
    new Block(store, store.snapshot(), { ...KEEPS, ...options })
  const journals = () => readdirSync(folder()).filter(name => name.endsWith('.block')).length

  async function committed(...keys: string[]): Promise<void> {
    const block = blockOf()
    for (const key of keys) block.set(key, entryOf(key))
    await block.commit()
    block.close()
  }

  function keysNow(): string[] {
    return [...store.entries('d')].map(([key]) => key)
  }

  it('journals each change, and removes the journal when it has committed', async () => {
    const block = blockOf()
    assert.equal(journals(), 0)
    block.set('d"a', entryOf(1))
    assert.equal(journals(), 1)
    assert.deepEqual(keysNow(), [])
    await block.commit()
    assert.equal(journals(), 0)
    assert.deepEqual(keysNow(), ['d"a'])
    block.close()
  })

  it('journals nothing where its changes are dropped on an error, or not committed at all', () => {
    for (const options of [{ discards: true }, { writes: false }]) {
      const block = blockOf(options)
      block.set('d"a', entryOf(1))
      assert.equal(journals(), 0)
      block.discard()
      block.close()
    }
  })

  it('leaves its changes to the next block where it ends without a commit', async () => {
    await committed('d"old')
    const block = blockOf()
    block.set('d"a', entryOf(1))
    block.set('d"b', entryOf(2))
    block.delete('d"old')
    block.abandon()
    block.close()
    assert.equal(leftBlocks(folder('d')).length, 1)
    recoverBlocks(store)
    assert.deepEqual(keysNow(), ['d"a', 'd"b'])
    assert.equal(journals(), 0)
  })

  it('goes on after a commit that failed, and commits all of it later', async () => {
    const block = blockOf()
    block.set('d"a', entryOf(1))
    const write = store.write.bind(store)
    store.write = async () => {
      await nextTurn()
      throw new Error('no room')
    }
    const failing = block.commit()
    block.set('d"late', entryOf(2))
    await assert.rejects(failing, /no room/)
    block.set('d"b', entryOf(3))
    assert.equal(journals(), 1)
    store.write = write
    await block.commit()
    assert.deepEqual(keysNow(), ['d"a', 'd"late', 'd"b'])
    assert.equal(journals(), 0)
    block.close()
  })

  it('leaves what was changed during a commit that failed to the next block, where it is killed', async () => {
    const block = blockOf()
    block.set('d"a', entryOf(1))
    const write = store.write.bind(store)
    store.write = async () => {
      await nextTurn()
      throw new Error('no room')
    }
    const failing = block.commit()
    block.set('d"late', entryOf(2))
    await assert.rejects(failing, /no room/)
    store.write = write
    block.abandon()
    block.close()
    recoverBlocks(store)
    assert.deepEqual(keysNow(), ['d"a', 'd"late'])
  })

  it('puts last what was deleted during a commit and is set again after it', async () => {
    await committed('d"a', 'd"b')
    const block = blockOf()
    block.set('d"c', entryOf(1))
    const committing = block.commit()
    block.delete('d"a')
    block.restart(store.snapshot(), await committing)
    block.set('d"a', entryOf(2))
    assert.deepEqual([...block.keys()], ['d"b', 'd"c', 'd"a'])
    await block.commit()
    assert.deepEqual(keysNow(), ['d"b', 'd"c', 'd"a'])
    block.close()
  })

  it('keeps what is changed during a commit for the next one', async () => {
    const block = blockOf()
    block.set('d"a', entryOf(1))
    const committing = block.commit()
    block.set('d"late', entryOf(2))
    block.delete('d"a')
    block.restart(store.snapshot(), await committing)
    assert.deepEqual([...block.keys()], ['d"late'])
    assert.equal(journals(), 1)
    await block.commit()
    assert.deepEqual(keysNow(), ['d"late'])
    block.close()
  })

  it('goes on without a journal that cannot be written, and warns once', async () => {
    const block = new Block(store, undefined, KEEPS)
    const elsewhere = Object.create(store, { path: { value: '/dev/null/d' } }) as FileStore
    const failing = new Block(elsewhere, undefined, KEEPS)
    failing.set('d"a', entryOf(1))
    failing.set('d"b', entryOf(2))
    assert.equal(warnings().length, 1)
    assert.match(warnings()[0]!.message, /cannot be journaled/)
    assert.deepEqual([...failing.keys()], ['d"a', 'd"b'])
    block.close()
    failing.close()
  })

  it('touches nothing where nothing was done', async () => {
    const block = blockOf()
    await block.commit()
    block.close()
    assert.deepEqual(readdirSync(folder()), [])
  })

  it('lists what is there first, then what it did, in order', async () => {
    await committed('d"a', 'd"b', 'd"c')
    const block = blockOf()
    block.set('d"new', entryOf(1))
    block.set('d"a', entryOf(2))
    block.delete('d"b')
    block.set('d"b', entryOf(3))
    block.delete('d"c')
    assert.deepEqual([...block.keys()], ['d"a', 'd"new', 'd"b'])
    await block.commit()
    block.close()
    assert.deepEqual(keysNow(), ['d"a', 'd"new', 'd"b'])
  })

  it('lists its frames in the order of its keys, and sees as latest what the store holds by now', async () => {
    await committed('d"a', 'd"b', 'd"c')
    const block = blockOf()
    block.set('d"b', entryOf('changed'))
    block.delete('d"a')
    block.set('d"e', entryOf('new'))
    await committed('d"f')
    const [b, c, e, ...others] = [...block.list()]
    assert.deepEqual([b?.[0], c?.[0], e?.[0], others], ['d"b', 'd"c', 'd"e', []])
    assert.deepEqual(b?.[1], block.get('d"b'))
    assert.deepEqual(
      ['d"a', 'd"b', 'd"f'].map(key => block.latest(key) !== undefined),
      [false, true, true],
    )
    assert.equal(block.get('d"f'), undefined)
    block.close()
  })

  it('says whether there was something to delete', async () => {
    await committed('d"a')
    const block = blockOf()
    assert.deepEqual([block.delete('d"a'), block.delete('d"a'), block.delete('d"x')], [true, false, false])
    assert.equal(block.has('d"a'), false)
    block.discard()
    block.close()
  })
})
