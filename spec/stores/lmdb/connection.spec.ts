import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { Connection } from '../../../lib/stores/lmdb/connection.ts'
import { putOf } from '../../support/lmdb.ts'
import { withoutWarnings } from '../../support/quiet.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('Connection', () => {
  const at = temporaryFolder()
  withoutWarnings()
  let open: Connection[]

  beforeEach(() => {
    open = []
  })
  afterEach(() => {
    for (const connection of open) connection.close()
  })

  const connect = (prepare?: () => void) => {
    const connection = new Connection(at('x.lmdb'), prepare)
    open.push(connection)
    return connection
  }
  const put = (connection: Connection, key: string) =>
    connection.commit(batch => batch.put(key, putOf('value')))
  const has = (connection: Connection, key: string) =>
    connection.commit(batch => batch.get(key) !== undefined)

  it('makes nothing by looking, and prepares once before it makes anything', () => {
    let prepared = 0
    const connection = connect(() => {
      prepared += 1
    })
    assert.equal(connection.find(), undefined)
    assert.deepEqual([prepared, existsSync(at('x.lmdb'))], [0, false])
    put(connection, 'a')
    connection.close()
    put(connection, 'b')
    assert.deepEqual([prepared, has(connection, 'a')], [1, true])
  })

  it('stays with one database until it is closed, and has another stamp after each opening and commit', () => {
    const connection = connect()
    const first = connection.make()
    assert.equal(connection.find(), first)
    const stamps = [connection.stamp()]
    put(connection, 'a')
    stamps.push(connection.stamp())
    connection.close()
    stamps.push(connection.stamp())
    assert.notEqual(connection.find(), first)
    assert.equal(new Set(stamps).size, 3)
  })

  it('goes over to the database that somebody put in the place of the old one', () => {
    const [connection, other] = [connect(), connect()]
    put(connection, 'old')
    rmSync(at('x.lmdb'), { recursive: true })
    put(other, 'new')
    put(connection, 'mine')
    assert.deepEqual(
      ['old', 'new', 'mine'].map(key => has(other, key)),
      [false, true, true],
    )
  })

  it('sets a damaged database aside, and goes on with an empty one', () => {
    const connection = connect()
    put(connection, 'a')
    connection.close()
    writeFileSync(at('x.lmdb/data.mdb'), 'garbage')
    assert.equal(has(connection, 'a'), false)
    put(connection, 'b')
    assert.equal(has(connection, 'b'), true)
  })

  it('reads again where the database was found to be damaged, and passes on what nothing can be done about', () => {
    const connection = connect()
    put(connection, 'a')
    let tries = 0
    const read = () => {
      tries += 1
      connection.find()
      if (tries === 1) throw Object.assign(new Error('MDB_CORRUPTED'), { code: -30796 })
      return tries
    }
    assert.equal(connection.retrying(read), 2)
    assert.throws(() => connection.retrying(() => assert.fail('mine')), /mine/)
  })
})
