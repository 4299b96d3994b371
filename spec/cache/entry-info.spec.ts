import assert from 'node:assert/strict'
import { type Codec, encode } from 'cachedict'
import { decodeWith, infoOf } from '../../lib/cache/entry-info.ts'
import { defaultCodec } from '../../lib/codec/codec.ts'
import { keepRequest } from '../../lib/entries/versions.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { entryOf, keepingOf, lyingOf } from '../support/entries.ts'

const KEY = 'd"key'

describe('infoOf', () => {
  const about = { codec: defaultCodec, current: true }

  it('describes an entry, for reading only', async () => {
    const store = new MemoryStore()
    const entry = entryOf([1], { args: encode([2]), expiresAtMs: 5_000 })
    store.writeSync(keepRequest(KEY, entry, keepingOf()))
    const info = infoOf(store, lyingOf(KEY, entry), { ...about, ttlMs: 3_000 })
    assert.match(info.key, /^[0-9a-f]{64}$/)
    assert.deepEqual([info.name, info.expiresAtMs, info.costMs], ['area', 4_000, 5])
    assert.deepEqual([await info.args(), await info.value()], [[2], [1]])
    assert.ok(Object.isFrozen(info))
    assert.equal('expiresAtMs' in infoOf(store, lyingOf(KEY, entryOf(1)), about), false)
  })

  it('gives a value of its own each time', async () => {
    const store = new MemoryStore()
    const entry = entryOf(new Uint8Array(5_000))
    store.writeSync(keepRequest(KEY, entry, keepingOf()))
    const info = infoOf(store, lyingOf(KEY, entry), about)
    ;((await info.value()) as Uint8Array).fill(7)
    assert.deepEqual(await info.value(), new Uint8Array(5_000))
  })

  it('says that what it lists is gone, replaced or damaged', async () => {
    const store = new MemoryStore()
    store.writeSync(keepRequest(KEY, entryOf(1), keepingOf()))
    const info = infoOf(store, lyingOf(KEY, entryOf(1)), about)
    store.writeSync(keepRequest(KEY, entryOf(1, { createdAtMs: 2_000 }), keepingOf()))
    await assert.rejects(info.value(), { code: 'ERR_CACHE_MISS', message: /area.*replaced.*List again/ })
    store.writeSync({ reads: [], durable: false, plan: () => [{ key: KEY, bytes: Buffer.from('garbage') }] })
    await assert.rejects(info.value(), { code: 'ERR_CACHE_CORRUPT' })
  })

  it('removes just that entry: not one that has replaced it', async () => {
    const store = new MemoryStore()
    const options = keepingOf()
    store.writeSync(keepRequest(KEY, entryOf(1), options))
    const info = infoOf(store, lyingOf(KEY, entryOf(1)), about)
    store.writeSync(keepRequest(KEY, entryOf(2, { createdAtMs: 2_000 }), options))
    assert.equal(await info.remove(), false)
    assert.ok(store.get(KEY))
    assert.equal(await infoOf(store, lyingOf(KEY, entryOf(2, { createdAtMs: 2_000 })), about).remove(), true)
    assert.equal(store.get(KEY), undefined)
  })
})

describe('decodeWith', () => {
  it('takes the codec that wrote the value: the one at hand, or the default one', () => {
    const upper: Codec = { id: 'upper', encode: () => new Uint8Array(), decode: () => 'UPPER' }
    assert.equal(decodeWith(entryOf('x', { codecId: 'upper' }), upper), 'UPPER')
    assert.equal(decodeWith(entryOf('x'), upper), 'x')
    assert.throws(() => decodeWith(entryOf('x', { codecId: 'gone' }), upper), {
      code: 'ERR_CACHE_UNDECODABLE',
      message: /"gone".*"upper"/,
    })
  })
})
