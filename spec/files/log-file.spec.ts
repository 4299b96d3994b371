import assert from 'node:assert/strict'
import fs, { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isCacheError } from '../../lib/base/errors.ts'
import { LogFile } from '../../lib/files/log-file.ts'
import { openFiles } from '../support/same-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const BASE = new Uint8Array(16).fill(7)
const change = (key: string, value = key) => ({ key, bytes: Buffer.from(value) })

describe('LogFile', () => {
  const at = temporaryFolder()
  const create = () => LogFile.create(at('log'), 'journal', BASE)
  const keys = (log: LogFile) => log.readNew().map(item => ('key' in item ? item.key : item.is))

  it('shows a reader what was appended since it last looked', () => {
    const log = create()
    const reader = LogFile.open(at('log'), 'journal')!
    assert.deepEqual(reader.base, BASE)
    assert.deepEqual(keys(reader), [])
    log.append([change('a'), change('b')])
    assert.equal(reader.isBehind(statSync(at('log'))), true)
    assert.deepEqual(keys(reader), ['a', 'b'])
    assert.equal(reader.isBehind(statSync(at('log'))), false)
    log.append([change('c')])
    assert.deepEqual(keys(reader), ['c'])
    assert.deepEqual(keys(reader), [])
    for (const each of [log, reader]) each.close()
  })

  it('goes on where another left off', () => {
    const log = create()
    log.append([change('a')])
    const other = LogFile.open(at('log'), 'journal')!
    other.readNew()
    other.append([change('b')])
    assert.deepEqual(keys(log), ['b'])
    const item = log.append([change('c', 'value')])[0]!
    assert.ok(item.is === 'put')
    assert.equal(other.readNew().length, 1)
    assert.equal(other.read(item.offset, item.bytes).toString(), 'value')
    for (const each of [log, other]) each.close()
  })

  it('reads a torn end once, until it changes', () => {
    const log = create()
    log.append([change('a')])
    appendFileSync(at('log'), Buffer.alloc(100, 0xa5))
    const reader = LogFile.open(at('log'), 'journal')!
    assert.deepEqual(keys(reader), ['a'])
    assert.equal(reader.isBehind(statSync(at('log'))), false)
    log.append([change('b')])
    assert.equal(reader.isBehind(statSync(at('log'))), true)
    assert.deepEqual(keys(reader), ['b'])
    for (const each of [log, reader]) each.close()
  })

  it('opens with either header, and refuses a file that has neither', () => {
    const log = create()
    log.append([change('a')])
    log.close()
    const bytes = readFileSync(at('log'))
    for (const from of [0, 64]) {
      writeFileSync(at('log'), Buffer.from(bytes).fill(0xff, from, from + 64))
      const reader = LogFile.open(at('log'), 'journal')!
      assert.deepEqual(keys(reader), ['a'])
      reader.close()
    }
    mkdirSync(at('folder'))
    writeFileSync(at('both'), Buffer.from(bytes).fill(0, 0, 128))
    writeFileSync(at('text'), 'text')
    const files = openFiles()
    for (const name of ['both', 'text', 'folder']) {
      assert.throws(
        () => LogFile.open(at(name), 'journal'),
        error => isCacheError(error, 'ERR_CACHE_FORMAT'),
        name,
      )
    }
    assert.throws(
      () => LogFile.open(at('log'), 'block'),
      error => isCacheError(error, 'ERR_CACHE_FORMAT'),
    )
    assert.ok(openFiles() <= files)
  })

  it('holds nothing where there is no file, or one whose writer died at the header', () => {
    const bytes = Buffer.from(readFileSync(create().path))
    for (const unborn of [Buffer.alloc(0), Buffer.alloc(4096), bytes.subarray(0, 3), bytes.subarray(0, 40)]) {
      writeFileSync(at('unborn'), unborn)
      assert.equal(LogFile.open(at('unborn'), 'journal'), undefined)
    }
    assert.equal(LogFile.open(at('none'), 'journal'), undefined)
    // Power loss may take the header of a block, and leave what came later.
    writeFileSync(at('block'), Buffer.concat([Buffer.alloc(128), Buffer.alloc(100, 1)]))
    assert.equal(LogFile.open(at('block'), 'block'), undefined)
  })

  it('creates its folder, and refuses to create over a file', () => {
    LogFile.create(at('new/log'), 'block', BASE).close()
    writeFileSync(at('there'), '')
    assert.throws(() => LogFile.create(at('there'), 'block', BASE), /EEXIST/)
    assert.equal(readFileSync(at('there'), 'utf8'), '')
  })

  it('leaves nothing behind when its header cannot be written', () => {
    const files = openFiles()
    withBroken('writeSync', () => assert.throws(() => create(), /broken/))
    assert.equal(existsSync(at('log')), false)
    assert.ok(openFiles() <= files)
  })

  it('leaves nothing of a batch that could not be written, and goes on', () => {
    const log = create()
    log.append([change('a')])
    const { writeSync } = fs
    for (const keep of [0, 1, 30]) {
      let calls = 0
      const half = (fd: number, bytes: Uint8Array, at: number, _length: number, position: number): number => {
        calls += 1
        if (calls > 1) throw Object.assign(new Error('broken'), { syscall: 'write', code: 'ENOSPC' })
        return keep === 0 ? half(fd, bytes, at, 0, position) : writeSync(fd, bytes, at, keep, position)
      }
      withBroken(
        'writeSync',
        () => assert.throws(() => log.append([change('b'), change('c')]), /broken/),
        half,
      )
      assert.equal(statSync(at('log')).size, log.end)
    }
    log.append([change('d')])
    const reader = LogFile.open(at('log'), 'journal')!
    assert.deepEqual(keys(reader), ['a', 'd'])
    for (const each of [log, reader]) each.close()
  })

  it('cuts off what somebody tore, before it appends', () => {
    const log = create()
    log.append([change('a')])
    appendFileSync(at('log'), Buffer.alloc(1_000, 1))
    log.append([change('b')])
    assert.equal(statSync(at('log')).size, log.end)
    log.close()
  })

  it('shares one sync among all who ask while another one runs', async () => {
    const log = create()
    log.append([change('a')])
    const first = log.sync()
    log.append([change('b')])
    const later = Array.from({ length: 50 }, () => log.sync())
    assert.ok(new Set([first, ...later]).size <= 2)
    await Promise.all([first, ...later])
    assert.notEqual(log.sync(), later[0])
    log.close()
  })

  it('closes after the syncs under way, and only once', async () => {
    const files = openFiles()
    for (let round = 0; round < 20; round += 1) {
      const log = LogFile.create(at(`${round}`), 'journal', BASE)
      log.append([change('a')])
      const syncs = [log.sync(), log.sync()]
      log.close()
      log.close()
      await Promise.all(syncs)
    }
    assert.ok(openFiles() <= files)
  })

  it('says that it cannot be relied on any more once a sync failed', async () => {
    const log = create()
    log.append([change('a')])
    assert.equal(log.isUnsound, false)
    withBroken('fdatasyncSync', () => assert.throws(() => log.syncNow(), /broken/))
    assert.equal(log.isUnsound, true)
    log.close()
  })

  it('refuses to be read once it is closed', () => {
    const log = create()
    log.close()
    assert.throws(
      () => log.read(0, 8),
      error => isCacheError(error, 'ERR_CACHE_CLOSED'),
    )
  })

  it('tells later batches how much was durable, and only then', () => {
    const log = create()
    const syncedOf = () => readFileSync(at('log')).readUInt32LE(log.end - 8) * 8
    log.append([change('a')])
    assert.equal(syncedOf(), 0)
    const { end } = log
    log.syncNow()
    log.append([change('b')])
    assert.equal(syncedOf(), end)
    log.append([change('c')])
    assert.equal(syncedOf(), end)
    const reader = LogFile.open(at('log'), 'journal')!
    reader.readNew()
    reader.append([change('d')])
    log.readNew()
    assert.equal(syncedOf(), end)
    for (const each of [log, reader]) each.close()
  })
})

/** Runs `body` while one function of node:fs does something else: throws, if nothing else is said. */
function withBroken(name: 'writeSync' | 'fdatasyncSync', body: () => void, broken: unknown = fail): void {
  const sound = fs[name]
  Object.assign(fs, { [name]: broken })
  syncBuiltinESMExports()
  try {
    body()
  } finally {
    Object.assign(fs, { [name]: sound })
    syncBuiltinESMExports()
  }
}

function fail(): never {
  throw Object.assign(new Error('broken'), { syscall: 'test', code: 'EIO' })
}
