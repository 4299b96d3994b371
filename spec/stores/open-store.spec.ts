import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isCacheError } from '../../lib/base/errors.ts'
import { config } from '../../lib/config/cache-dir.ts'
import { LmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { closeStores, openStore, openStoreAt } from '../../lib/stores/open-store.ts'
import { writeOf } from '../../lib/stores/store.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('openStoreAt', () => {
  const at = temporaryFolder()
  beforeEach(() => config.setCacheDir(at('cache')))
  afterEach(() => closeStores())
  const put = (path: string) =>
    openStoreAt(path).writeSync!(writeOf([{ key: 'a', bytes: Buffer.of(1) }], { durable: true }))

  it('leaves ~ to the shell', () => {
    assert.throws(() => openStoreAt('~/x'), /TypeError: Cannot keep a cache at "~\/x": the shell expands ~/)
  })

  it('gives one store to all who name the same place', async () => {
    const store = openStoreAt(at('x'))
    const named = `./${relative(process.cwd(), at('x'))}`
    for (const path of [pathToFileURL(at('x')), pathToFileURL(at('x')).href, at('y/../x'), named]) {
      assert.equal(openStoreAt(path), store)
    }
    assert.equal(await openStore(at('x')), store)
    assert.equal(openStoreAt(store), store)
    assert.notEqual(openStoreAt(at('y')), store)
  })

  it('puts plain names into the cache folder, which it creates with the first write', () => {
    assert.equal(openStoreAt('sub/name').path, at('cache/sub/name'))
    openStoreAt('name').get('a')
    assert.deepEqual(readdirSync(at()), [])
    put('sub/name')
    assert.deepEqual(readdirSync(at('cache')).sort(), ['CACHEDIR.TAG', 'sub'])
    assert.match(readFileSync(at('cache/CACHEDIR.TAG'), 'utf8'), /^Signature: /)
    for (const name of ['cache', 'cache/sub']) assert.equal(statSync(at(name)).mode & 0o777, 0o700)
  })

  it('finds one file through links to folders that have it, or will have it', () => {
    symlinkSync(at(), at('link'))
    assert.equal(openStoreAt(at('link/new/x')).path, at('new/x'))
    put(at('link/new/x'))
    symlinkSync(at('new/x'), at('file'))
    assert.equal(openStoreAt(at('file')), openStoreAt(at('link/new/x')))
  })

  it('opens a path that ends in .lmdb, or begins with lmdb:, in LMDB', () => {
    const here = relative(process.cwd(), at('x'))
    for (const path of [
      `lmdb:${at('x')}`,
      `lmdb:${at('x.lmdb')}`,
      at('x.lmdb'),
      `lmdb:./${here}`,
      pathToFileURL(at('x.lmdb')),
    ]) {
      assert.equal(openStoreAt(path), openStoreAt(at('x.lmdb')))
      assert.ok(openStoreAt(path) instanceof LmdbStore)
    }
    assert.equal(openStoreAt('lmdb:name').path, at('cache/name.lmdb'))
    for (const path of ['lmdb:', 'lmdb:x/', 'lmdb:http://x'])
      assert.throws(() => openStoreAt(path), TypeError)
    put('lmdb:name')
    assert.deepEqual(readdirSync(at('cache')).sort(), ['CACHEDIR.TAG', 'name.lmdb'])
    assert.throws(() => openStoreAt('lmdb:'), { message: /Cannot keep a cache at "lmdb:"/ })
  })

  it('keeps memory: and a Map in this process, one store each', async () => {
    const map = new Map<string, Uint8Array>()
    assert.ok(openStoreAt('memory:') instanceof MemoryStore)
    assert.equal(openStoreAt('memory:'), openStoreAt('memory:'))
    assert.notEqual(openStoreAt('memory:a'), openStoreAt('memory:b'))
    assert.equal(openStoreAt(map), openStoreAt(map))
    assert.notEqual(openStoreAt(new Map()), openStoreAt(map))
  })

  it('refuses what names no store, with a TypeError that shows no secret', () => {
    const bad = [
      '',
      'a\0b',
      '../../x/y',
      'a/../../x',
      'folder/',
      'http://me:secret@host/x',
      'redis://:secret@host',
      7,
      null,
      {},
    ]
    // '../../x/y' is relative to the working directory, and fine.
    for (const path of bad.filter(each => each !== '../../x/y')) {
      assert.throws(
        () => openStoreAt(path as string),
        (error: Error) => error instanceof TypeError && !error.message.includes('secret'),
        String(path),
      )
    }
  })

  it('opens a store again after it was closed', async () => {
    const store = openStoreAt(at('x'))
    put(at('x'))
    await closeStores()
    assert.throws(
      () => store.get('a'),
      error => isCacheError(error, 'ERR_CACHE_CLOSED'),
    )
    assert.notEqual(openStoreAt(at('x')), store)
    assert.deepEqual(Buffer.from(openStoreAt(at('x')).get('a') as Uint8Array), Buffer.of(1))
  })

  it('says ERR_CACHE_WRITE where the cache folder cannot be made', () => {
    writeFileSync(at('cache'), '')
    assert.equal(openStoreAt('name').get('a'), undefined)
    assert.throws(
      () => put('name'),
      error => isCacheError(error, 'ERR_CACHE_WRITE'),
    )
  })
})
