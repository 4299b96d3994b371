import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { Database } from '../../../lib/stores/lmdb/engine.ts'
import { LARGE_BYTES } from '../../../lib/stores/lmdb/large-values.ts'
import { LmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts'
import { readState } from '../../../lib/stores/lmdb/state.ts'
import { type Change, type Snapshot, writeOf } from '../../../lib/stores/store.ts'
import { runChild } from '../../support/child.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const durable = { durable: true } as const

describe('A snapshot of an LmdbStore', () => {
  const at = temporaryFolder()
  let store: LmdbStore
  let round = 0
  beforeEach(() => {
    store = new LmdbStore(at('x.lmdb'))
  })
  afterEach(() => store.close())
  const put = (...changes: Change[]) => store.writeSync(writeOf(changes, durable))
  const contentOf = (snapshot: Pick<Snapshot, 'entries'>) =>
    [...snapshot.entries()].map(([key, bytes]) => [key, Buffer.from(bytes).toString()])
  const stateNow = () => {
    const db = new Database(at('x.lmdb/data.mdb'), { readOnly: false })
    try {
      return readState(db)
    } finally {
      db.close()
    }
  }
  const files = () =>
    readdirSync(at('x.lmdb/values'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
      .length

  it('shows what was there at its time, whatever is written later, as a model does', () => {
    const key = fc.constantFrom('a', 'ab', 'b', `${'long'.repeat(600)}1`, `${'long'.repeat(600)}2`)
    const step = fc.oneof(
      fc.record({ do: fc.constant('put' as const), key, value: fc.stringMatching(/^[a-z]{0,5}$/) }),
      fc.record({ do: fc.constant('delete' as const), key }),
      fc.record({ do: fc.constant('take' as const) }),
      fc.record({ do: fc.constant('close' as const), which: fc.nat(5) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), steps => {
        store.close()
        round += 1
        store = new LmdbStore(at(`${round}.lmdb`))
        const model = new Map<string, string>()
        const taken: { snapshot: Snapshot; content: [string, string][] }[] = []
        for (const each of steps) {
          if (each.do === 'put') {
            put({ key: each.key, bytes: Buffer.from(each.value) })
            model.set(each.key, each.value)
          } else if (each.do === 'delete') {
            put({ key: each.key, bytes: undefined })
            model.delete(each.key)
          } else if (each.do === 'take') taken.push({ snapshot: store.snapshot(), content: [...model] })
          else taken.splice(each.which, 1)[0]?.snapshot.close()
          for (const { snapshot, content } of taken) {
            assert.deepEqual(contentOf(snapshot), content)
            for (const [name, value] of content) assert.equal(String(snapshot.get(name)), value)
            for (const name of ['a', 'nothing'])
              assert.equal(snapshot.get(name) !== undefined, new Map(content).has(name))
            const long = content.filter(([name]) => name.startsWith('long'))
            assert.deepEqual(
              [...snapshot.entries('long')].map(([name]) => name),
              long.map(([name]) => name),
            )
          }
        }
        for (const { snapshot } of taken) snapshot.close()
      }),
      { numRuns: 40 },
    )
  })

  it('shows all of very many that were removed since', () => {
    const keys = Array.from({ length: 1_100 }, (_, n) => `key ${n}`)
    put(...keys.map(key => ({ key, bytes: Buffer.of(1) })))
    const snapshot = store.snapshot()
    put(...keys.map(key => ({ key, bytes: undefined })))
    assert.deepEqual(
      [...snapshot.entries()].map(([key]) => key),
      keys,
    )
    snapshot.close()
  })

  it('keeps large values until it is closed, and then lets go of everything', () => {
    const tail = Buffer.alloc(LARGE_BYTES, 1)
    put({ key: 'a', bytes: Buffer.alloc(8), tail })
    const snapshot = store.snapshot()
    put({ key: 'a', bytes: undefined })
    put({ key: 'b', bytes: Buffer.alloc(8), tail: { key: 'a', from: 8 } })
    assert.equal(snapshot.get('a')?.length, LARGE_BYTES + 8)
    assert.equal(files(), 1)
    snapshot.close()
    put({ key: 'c', bytes: Buffer.of(1) })
    store.close()
    assert.equal(files(), 0)
    const { undos, snapshots, fileBytes } = stateNow()
    assert.deepEqual({ undos, snapshots, fileBytes }, { undos: 0, snapshots: [], fileBytes: 0 })
  })

  it('of an empty store costs nothing, and stays empty', () => {
    const snapshot = store.snapshot()
    assert.deepEqual(readdirSync(at()), [])
    put({ key: 'a', bytes: Buffer.of(1) })
    assert.equal(snapshot.get('a'), undefined)
    assert.deepEqual([...snapshot.entries()], [])
  })

  it('of a process that died is forgotten', async () => {
    put({ key: 'a', bytes: Buffer.of(1) })
    const child = runChild(`
      import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
      const store = new LmdbStore(${JSON.stringify(at('x.lmdb'))})
      store.snapshot()
      console.log('taken')
      setInterval(() => {}, 1000)
    `)
    await child.line()
    put({ key: 'a', bytes: Buffer.of(2) })
    assert.equal(stateNow().undos, 1)
    await child.kill()
    const deadline = performance.now() + 5_000
    while (stateNow().undos > 0 && performance.now() < deadline) put({ key: 'b', bytes: Buffer.of(2) })
    assert.deepEqual([stateNow().undos, stateNow().snapshots], [0, []])
  })

  it('does not keep LMDB from using pages again', () => {
    put({ key: 'a', bytes: Buffer.alloc(20_000) })
    const snapshot = store.snapshot()
    for (let n = 0; n < 20; n += 1) put({ key: 'a', bytes: Buffer.alloc(20_000, n) })
    const before = store.ranks.usage().bytes
    for (let n = 0; n < 200; n += 1) put({ key: 'a', bytes: Buffer.alloc(20_000, n) })
    assert.ok(store.ranks.usage().bytes <= before * 1.5)
    snapshot.close()
  })
})
