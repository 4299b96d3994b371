import assert from 'node:assert/strict'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { compact, isWorthCompacting } from '../../../lib/stores/lmdb/compaction.ts'
import { Environment } from '../../../lib/stores/lmdb/environment.ts'
import { Home } from '../../../lib/stores/lmdb/home.ts'
import { LmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts'
import { writeOf } from '../../../lib/stores/store.ts'
import { runChild } from '../../support/child.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const durable = { durable: true } as const

describe('compact', () => {
  const at = temporaryFolder()
  const changesOf = (bytes: Uint8Array | undefined) =>
    Array.from({ length: 1_000 }, (_, n) => ({ key: `k${n}`, bytes }))
  const compactNow = () => {
    const environment = Environment.find(new Home(at('x.lmdb')))!
    try {
      compact(environment)
    } finally {
      environment.close()
    }
  }

  it('gives back what holds nothing, and keeps the rest, its order and its snapshots', () => {
    const store = new LmdbStore(at('x.lmdb'))
    store.writeSync(
      writeOf(
        [
          { key: 'z', bytes: Buffer.of(1) },
          { key: 'a', bytes: Buffer.of(2) },
        ],
        durable,
      ),
    )
    store.writeSync(writeOf(changesOf(Buffer.alloc(3_000)), durable))
    store.writeSync(writeOf(changesOf(undefined), durable))
    const before = statSync(at('x.lmdb/data.mdb')).size
    const snapshot = store.snapshot()
    compactNow()
    assert.ok(statSync(at('x.lmdb/data.mdb')).size < before / 10)
    store.writeSync(
      writeOf(
        [
          { key: 'm', bytes: Buffer.of(3) },
          { key: 'z', bytes: Buffer.of(4) },
        ],
        durable,
      ),
    )
    assert.deepEqual(
      [...store.entries()].map(([key, [byte]]) => `${key}${byte}`),
      ['z4', 'a2', 'm3'],
    )
    assert.deepEqual(
      [...snapshot.entries()].map(([key, [byte]]) => `${key}${byte}`),
      ['z1', 'a2'],
    )
    snapshot.close()
    store.close()
    assert.deepEqual(readdirSync(at('x.lmdb')).sort(), ['data.mdb', 'data.mdb-lock', 'format-1', 'stamp'])
  })

  it('leaves nothing behind that was killed in the middle of it', () => {
    new LmdbStore(at('x.lmdb')).writeSync(writeOf([{ key: 'a', bytes: Buffer.of(1) }], durable))
    const litter = ['data.mdb.compact', 'data.mdb.compact-lock']
    for (const name of litter) writeFileSync(at(`x.lmdb/${name}`), 'half')
    const store = new LmdbStore(at('x.lmdb'))
    store.writeSync(writeOf([{ key: 'a', bytes: Buffer.of(2) }], durable))
    store.close()
    for (const name of litter) assert.equal(existsSync(at(`x.lmdb/${name}`)), false, name)
  })

  it('loses no commit of others that write and read meanwhile', async function () {
    this.timeout(60_000)
    const source = (name: string) => `
      import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
      const store = new LmdbStore(${JSON.stringify(at('x.lmdb'))})
      const numberOf = bytes => Number(Buffer.from(bytes ?? '').toString())
      let last = 0
      for (let n = 1; ; n += 1) {
        store.writeSync({ durable: true, reads: ['sum'], plan: current => [
          { key: '${name}', bytes: Buffer.from(String(n)) },
          { key: 'sum', bytes: Buffer.from(String(numberOf(current.get('sum')) + 1)) },
        ] })
        if (numberOf(store.get('${name}')) !== n) throw new Error('stale')
        const sum = numberOf(store.get('sum'))
        if (sum <= last) throw new Error('backwards')
        last = sum
        // The first line says that there is a database to compact.
        if (n % 20 === 1) console.log(n)
      }
    `
    const children = [runChild(source('one')), runChild(source('other'))]
    for (const child of children) await child.line()
    for (let round = 0; round < 6; round += 1) {
      compactNow()
      await Promise.all(children.map(child => child.line()))
    }
    await Promise.all(children.map(child => child.kill()))
    const store = new LmdbStore(at('x.lmdb'))
    const numberOf = (key: string) => Number(Buffer.from(store.get(key)!).toString())
    assert.equal(numberOf('one') + numberOf('other'), numberOf('sum'))
    store.close()
    assert.equal(existsSync(at('x.lmdb/data.mdb.compact')), false)
  })
})

describe('isWorthCompacting', () => {
  const at = temporaryFolder()

  it('is for a database of which a quarter holds nothing', () => {
    const environment = Environment.make(new Home(at('x.lmdb')))
    const fill = (bytes: Uint8Array | undefined, count: number) =>
      environment.commit(batch => {
        for (let n = 0; n < count; n += 1) {
          if (bytes === undefined) batch.remove(`k${n}`)
          else
            batch.put(`k${n}`, {
              inline: bytes,
              headBytes: bytes.length,
              file: undefined,
              listsFile: false,
              rank: undefined,
              expiresAtMs: undefined,
            })
        }
      })
    fill(Buffer.alloc(3_000), 1_000)
    assert.equal(isWorthCompacting(environment), false)
    fill(undefined, 600)
    assert.equal(isWorthCompacting(environment), true)
    environment.close()
  })
})
