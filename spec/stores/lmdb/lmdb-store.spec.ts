import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { isCacheError } from '../../../lib/base/errors.ts'
import { LARGE_BYTES } from '../../../lib/stores/lmdb/large-values.ts'
import { LmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts'
import { type Change, writeOf } from '../../../lib/stores/store.ts'
import { runChild } from '../../support/child.ts'
import { interceptFiles } from '../../support/file-operations.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const durable = { durable: true } as const
const text = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString()
const changeOf = (key: string, value: string | undefined): Change => ({
  key,
  bytes: value === undefined ? undefined : Buffer.from(value),
})

describe('LmdbStore', () => {
  const at = temporaryFolder()
  const open: LmdbStore[] = []
  const storeAt = (path = at('x.lmdb')): LmdbStore => {
    const store = new LmdbStore(path)
    open.push(store)
    return store
  }
  afterEach(() => {
    for (const store of open.splice(0)) store.close()
  })
  const put = (store: LmdbStore, key: string, value: string | undefined) =>
    store.writeSync(writeOf([changeOf(key, value)], durable))
  /** The files of large values, without their folders. */
  const files = () => {
    const listed = readdirSync(at('x.lmdb/values'), { recursive: true, withFileTypes: true })
    return listed.filter(entry => entry.isFile()).map(({ name }) => name)
  }
  const large = (fill: number) => Buffer.alloc(LARGE_BYTES + 8, fill)

  it('creates nothing before the first write', () => {
    const store = storeAt()
    assert.equal(store.get('a'), undefined)
    assert.deepEqual([...store.entries()], [])
    assert.equal(store.snapshot().get('a'), undefined)
    assert.deepEqual(store.ranks.usage(), { bytes: 0, entries: 0 })
    store.stamp()
    store.close()
    assert.deepEqual(readdirSync(at()), [])
  })

  it('keeps its folder and its files for their owner', () => {
    const store = storeAt(at('deep/x.lmdb'))
    store.writeSync(writeOf([{ key: 'a', bytes: large(1) }], durable))
    for (const entry of readdirSync(at('deep'), { recursive: true, withFileTypes: true })) {
      const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777
      assert.equal(mode, entry.isDirectory() ? 0o700 : 0o600, entry.name)
    }
  })

  it('overwrites nothing that is not its own, and nothing newer', () => {
    writeFileSync(at('file.lmdb'), 'mine')
    mkdirSync(at('folder.lmdb'))
    writeFileSync(at('folder.lmdb/data.mdb'), 'mine')
    put(storeAt(at('new.lmdb')), 'a', '1')
    renameSync(at('new.lmdb/format-1'), at('new.lmdb/format-2'))
    for (const name of ['file.lmdb', 'folder.lmdb', 'new.lmdb']) {
      const store = storeAt(at(name))
      const isForeign = (error: unknown) => isCacheError(error, 'ERR_CACHE_FORMAT')
      assert.throws(() => store.get('a'), isForeign, name)
      assert.throws(() => put(store, 'a', '1'), isForeign, name)
    }
    assert.deepEqual(readdirSync(at('folder.lmdb')), ['data.mdb'])
  })

  it('makes one commit of what is written in one turn', async () => {
    const store = storeAt()
    put(store, 'first', '1')
    const commits = () => Number(String(store.stamp()).split('.')[2])
    const before = commits()
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => store.write(writeOf([changeOf(`${index}`, 'x')], durable))),
    )
    assert.equal(commits(), before + 1)
    assert.equal([...store.entries()].length, 1_001)
  })

  it('fails only the request whose plan throws', async () => {
    const store = storeAt()
    const mine = Object.assign(new Error('mine'), { code: 28 })
    const failing = {
      ...durable,
      reads: [],
      plan: () => {
        throw mine
      },
    }
    const [one, other, last] = await Promise.allSettled([
      store.write(writeOf([changeOf('a', '1')], durable)),
      store.write(failing),
      store.write({
        ...durable,
        reads: ['a'],
        plan: current => [changeOf('b', `${text(current.get('a'))}!`)],
      }),
    ])
    assert.deepEqual([one.status, other.status, last.status], ['fulfilled', 'rejected', 'fulfilled'])
    assert.equal(other.status === 'rejected' && other.reason, mine)
    assert.equal(text(store.get('b')), '1!')
  })

  it('lets a synchronous write overtake nothing that was written before', async () => {
    const store = storeAt()
    const tail = large(1)
    const writes = [
      store.write({
        ...durable,
        reads: [],
        tails: [tail],
        plan: () => [{ key: 'a', bytes: Buffer.alloc(8), tail }],
      }),
      store.write(writeOf([changeOf('a', 'two')], durable)),
    ]
    put(store, 'b', text(store.get('a')) ?? 'nothing yet')
    assert.equal(text(store.get('a')), 'two')
    await Promise.all(writes)
    assert.equal(text(store.get('a')), 'two')
  })

  it('writes requests in order, whatever their tails take', async () => {
    const store = storeAt()
    const tails = [large(1), Buffer.alloc(5e6, 2), large(3)]
    await Promise.all([
      ...tails.map(tail =>
        store.write({
          ...durable,
          reads: [],
          tails: [tail],
          plan: () => [{ key: 'a', bytes: Buffer.alloc(8), tail }],
        }),
      ),
      store.write(writeOf([changeOf('b', 'after')], durable)),
    ])
    assert.equal(store.get('a')!.at(-1), 3)
    assert.equal(text(store.get('b')), 'after')
    assert.equal(files().length, 1)
  })

  it('refuses a large value where it cannot be opened, and what is written after it', async () => {
    writeFileSync(at('file'), '')
    const store = new LmdbStore(at('file/x.lmdb'))
    const tail = Buffer.alloc(LARGE_BYTES)
    const change: Change = { key: 'large', bytes: Buffer.alloc(8), tail }
    const large = store.write({ reads: [], durable: true, tails: [tail], plan: () => [change] })
    const small = store.write(writeOf([{ key: 'small', bytes: Buffer.alloc(8) }], { durable: true }))
    for (const write of [large, small])
      await assert.rejects(write, error => isCacheError(error, 'ERR_CACHE_WRITE'))
    rmSync(at('file'))
    await store.write(writeOf([change], { durable: true }))
    assert.equal(store.get('large')?.length, LARGE_BYTES + 8)
    store.close()
  })

  it('is closed when the files are gone that a synchronous write has made useless', async () => {
    const restore = interceptFiles(({ name, run }) =>
      name === 'handle.datasync' ? sleep(50).then(() => run()) : run(),
    )
    try {
      const store = new LmdbStore(at('x.lmdb'))
      const tail = Buffer.alloc(LARGE_BYTES)
      const change: Change = { key: 'large', bytes: Buffer.alloc(8), tail }
      const write = store.write({ reads: [], durable: true, tails: [tail], plan: () => [change] })
      await sleep(20)
      put(store, 'small', '1')
      await write
      assert.equal(readdirSync(at('x.lmdb/values/new')).length, 1)
      await store.close()
      assert.deepEqual(readdirSync(at('x.lmdb/values/new')), [])
    } finally {
      restore()
    }
  })

  it('keeps a large tail in a file of its own, and removes it with its entry', async () => {
    const store = storeAt()
    await store.write({
      ...durable,
      reads: [],
      plan: () => [{ key: 'a', bytes: Buffer.alloc(8, 7), tail: large(1) }],
    })
    assert.equal(files().length, 1)
    assert.deepEqual(store.get('a'), Buffer.concat([Buffer.alloc(8, 7), large(1)]))
    assert.deepEqual(
      [...store.entries()].map(([, bytes]) => bytes.length),
      [8],
    )
    put(store, 'a', 'small')
    assert.deepEqual(files(), [])
  })

  it('moves a large tail without a copy, and copies a small one', () => {
    const store = storeAt()
    for (const tail of [large(1), Buffer.from('small')]) {
      store.writeSync(writeOf([{ key: 'a', bytes: Buffer.alloc(8, 1), tail }], durable))
      const before = files()
      const again: Change[] = [{ key: 'a', bytes: Buffer.alloc(16, 2), tail: { key: 'a', from: 8 } }]
      store.writeSync(writeOf(again, durable))
      assert.deepEqual(store.get('a'), Buffer.concat([Buffer.alloc(16, 2), tail]))
      assert.deepEqual(files(), before)
      store.writeSync(
        writeOf(
          [{ key: 'b', bytes: Buffer.alloc(8, 3), tail: { key: 'a', from: 16 } }, changeOf('a', undefined)],
          durable,
        ),
      )
      assert.equal(store.get('a'), undefined)
      assert.deepEqual(store.get('b'), Buffer.concat([Buffer.alloc(8, 3), tail]))
      store.writeSync(
        writeOf(
          [changeOf('b', undefined), { key: 'c', bytes: Buffer.alloc(8, 4), tail: { key: 'b', from: 8 } }],
          durable,
        ),
      )
      assert.deepEqual(store.get('c')?.subarray(8), tail)
      put(store, 'c', undefined)
      assert.deepEqual(files(), [])
    }
  })

  it('gives what there is of a large value whose file is gone or cut off', () => {
    const store = storeAt()
    store.writeSync(writeOf([{ key: 'a', bytes: Buffer.alloc(8, 7), tail: large(1) }], durable))
    const [name = ''] = readdirSync(at('x.lmdb/values'), { recursive: true })
      .map(String)
      .filter(path => path.includes('.'))
    writeFileSync(at(`x.lmdb/values/${name}`), 'ab')
    assert.deepEqual(store.get('a'), Buffer.concat([Buffer.alloc(8, 7), Buffer.from('ab')]))
    rmSync(at(`x.lmdb/values/${name}`))
    assert.deepEqual(store.get('a'), Buffer.alloc(8, 7))
  })

  it('has another stamp after every write of any process, and the same one without', async () => {
    const store = storeAt()
    const stamps = [store.stamp()]
    put(store, 'a', '1')
    stamps.push(store.stamp())
    assert.equal(store.stamp(), stamps[1])
    const child = runChild(`
      import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
      import { writeOf } from 'lib/stores/store.ts'
      const store = new LmdbStore(${JSON.stringify(at('x.lmdb'))})
      store.writeSync(writeOf([{ key: 'a', bytes: Buffer.from('2') }], { durable: true }))
    `)
    await child.end()
    stamps.push(store.stamp())
    assert.equal(text(store.get('a')), '2')
    assert.equal(new Set(stamps).size, 3)
  })

  it('starts anew where its folder is removed under it', () => {
    const store = storeAt()
    put(store, 'a', '1')
    rmSync(at('x.lmdb'), { recursive: true })
    put(store, 'b', '2')
    assert.equal(store.get('a'), undefined)
    assert.equal(text(storeAt().get('b')), '2')
  })

  it('loses nothing that was acknowledged by a process that is killed', async () => {
    const child = runChild(`
      import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
      import { writeOf } from 'lib/stores/store.ts'
      const store = new LmdbStore(${JSON.stringify(at('x.lmdb'))})
      for (let n = 0; ; n += 1) {
        const tail = Buffer.alloc(n % 3 === 0 ? 50_000 : 10, n)
        store.writeSync(writeOf([{ key: 'k' + (n % 50), bytes: Buffer.alloc(8, n), tail }], { durable: false }))
        console.log(n)
      }
    `)
    let last = 0
    while (last < 60) last = Number(await child.line())
    await child.kill()
    const store = storeAt()
    const whole = store.get(`k${last % 50}`)!
    assert.ok(whole.every(byte => byte === whole[0]))
    assert.ok([last % 256, (last + 50) % 256].includes(whole[0]!))
    put(store, 'more', '1')
    const referred = [...store.entries()].filter(([key]) => (store.get(key)?.length ?? 0) > 50_000).length
    assert.equal(files().length, referred)
  })

  it('is not hurt by a worker thread that is terminated between its writes', async () => {
    const store = storeAt()
    put(store, 'mine', '0')
    const source = `
      const { parentPort, workerData } = require('node:worker_threads')
      import('tsx/esm/api').then(async ({ register }) => {
        register()
        const { LmdbStore } = await import(workerData.root + 'lib/stores/lmdb/lmdb-store.ts')
        const store = new LmdbStore(workerData.path)
        for (let n = 0; n < 20; n += 1)
          store.writeSync({ reads: [], durable: true, plan: () => [{ key: 'w', bytes: Buffer.alloc(8, n), tail: Buffer.alloc(n % 2 ? 40_000 : 9, n) }] })
        store.snapshot()
        parentPort.postMessage('written')
        setInterval(() => store.get('w'), 1)
      })
    `
    const root = new URL('../../../', import.meta.url).href
    for (let round = 0; round < 3; round += 1) {
      const worker = new Worker(source, {
        eval: true,
        execArgv: [],
        workerData: { root, path: at('x.lmdb') },
      })
      await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
      put(store, 'mine', `${round}`)
      await worker.terminate()
      put(store, 'mine', `${round}!`)
      assert.equal(store.get('w')?.length, 40_008)
    }
    assert.equal(text(storeAt().get('mine')), '2!')
  })
})
