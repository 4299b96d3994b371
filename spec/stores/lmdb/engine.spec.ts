import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { enginePath } from '../../../lib/stores/lmdb/engine.ts'
import { runChild } from '../../support/child.ts'
import { databaseIn } from '../../support/lmdb.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const bytes = (text: string) => Buffer.from(text)

describe('Database', () => {
  const at = temporaryFolder()
  const withDatabase = (body: (db: ReturnType<typeof databaseIn>) => void | Promise<void>) => async () => {
    const db = databaseIn(at('x'))
    try {
      await body(db)
    } finally {
      db.close()
    }
  }

  it(
    'keeps what a transaction wrote, and nothing of one that threw',
    withDatabase(db => {
      db.transact(() => db.put(bytes('a'), bytes('1')))
      const mine = new Error('mine')
      const failing = () =>
        db.transact(() => {
          db.put(bytes('a'), bytes('2'))
          throw mine
        })
      assert.throws(failing, error => error === mine)
      assert.equal(String(db.get(bytes('a'))), '1')
      db.transact(() => db.remove(bytes('a')))
      assert.equal(db.has(bytes('a')), false)
    }),
  )

  it(
    'shows a transaction what it wrote itself',
    withDatabase(db => {
      db.transact(() => {
        db.put(bytes('a'), bytes('1'))
        assert.equal(String(db.get(bytes('a'))), '1')
        assert.equal(db.rows({ start: bytes('a'), end: bytes('b'), limit: 9 }).length, 1)
      })
    }),
  )

  it(
    'refuses a transaction within another',
    withDatabase(db => {
      assert.throws(() => db.transact(() => db.transact(() => {})), /A plan cannot write/)
      db.transact(() => db.put(bytes('a'), bytes('1')))
    }),
  )

  it(
    'sees at each read what another process has committed',
    withDatabase(async db => {
      db.transact(() => db.put(bytes('a'), bytes('1')))
      const child = runChild(`
      import { Database } from 'lib/stores/lmdb/engine.ts'
      const db = new Database(${JSON.stringify(at('x/data.mdb'))}, { readOnly: false })
      console.log('open')
      for await (const _ of process.stdin) {
        db.transact(() => db.put(Buffer.from('a'), Buffer.from('2')))
        console.log('written')
      }
    `)
      await child.line()
      assert.equal(String(db.get(bytes('a'))), '1')
      child.process.stdin!.write('go\n')
      await child.line()
      assert.equal(String(db.get(bytes('a'))), '2')
      await child.kill()
    }),
  )

  it(
    'gives memory of its own, where a Float64Array may begin, at every size',
    withDatabase(db => {
      for (const size of [0, 1, 100, 5_000, 40_000, 300_000]) {
        db.transact(() => db.put(bytes('a'), Buffer.alloc(size, 1)))
        const [one, other] = [db.get(bytes('a'))!, db.get(bytes('a'))!]
        one.fill(0)
        assert.deepEqual(other, Buffer.alloc(size, 1))
        assert.equal(one.byteOffset % 8, 0)
      }
    }),
  )

  it(
    'gives rows from one key on, before another, and not too many',
    withDatabase(db => {
      db.transact(() => {
        for (const key of ['a', 'b', 'c', 'd']) db.put(bytes(key), bytes(key))
      })
      const range = { start: bytes('b'), end: bytes('d'), limit: 9 }
      assert.deepEqual(
        db.rows(range).map(({ key, value }) => `${key}${value}`),
        ['bb', 'cc'],
      )
      assert.deepEqual(db.keys({ ...range, limit: 1 }).map(String), ['b'])
    }),
  )

  it(
    'uses pages again that a reader has looked at: none stays open',
    withDatabase(db => {
      const write = () => db.transact(() => db.put(bytes('a'), Buffer.alloc(20_000)))
      for (let round = 0; round < 20; round += 1) {
        write()
        db.get(bytes('a'))
        db.rows({ start: bytes('a'), end: bytes('b'), limit: 1 })
      }
      const before = statSync(at('x/data.mdb')).size
      for (let round = 0; round < 200; round += 1) {
        write()
        db.get(bytes('a'))
      }
      assert.ok(statSync(at('x/data.mdb')).size <= before * 1.2)
      assert.ok(db.usedBytes() < 100_000)
    }),
  )

  it(
    'creates files that only their owner may read',
    withDatabase(() => {
      for (const name of ['x/data.mdb', 'x/data.mdb-lock'])
        assert.equal(statSync(at(name)).mode & 0o777, 0o600)
    }),
  )

  it('says what to do where its native code cannot be loaded', async () => {
    const child = runChild(`
      import Module from 'node:module'
      const load = Module._load
      Module._load = (name, ...rest) => {
        if (name === 'lmdb') throw new Error('no native build')
        return load(name, ...rest)
      }
      const { Database } = await import('lib/stores/lmdb/engine.ts')
      try {
        new Database('/nowhere/x.lmdb/data.mdb', { readOnly: false })
      } catch (error) {
        console.log(error.code + ' ' + error.message)
      }
    `)
    const said = await child.line()
    assert.match(
      said,
      /^ERR_CACHE_ENGINE .*\(no native build\)\. Run npm rebuild lmdb .*\(path: '\.\/results\.cache'/,
    )
  })
})

describe('enginePath', () => {
  it('leads to the package', () => {
    assert.match(enginePath(), /node_modules.lmdb/)
  })
})
