import assert from 'node:assert/strict'
import { sayBounds } from '../../../lib/entries/eviction/bounds.ts'
import { type MadeBy, removeManifests, withManifest } from '../../../lib/entries/manifest/keep-manifest.ts'
import { decodeManifest } from '../../../lib/entries/manifest/manifest.ts'
import { openText } from '../../../lib/entries/manifest/sealed-text.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'
import { type Store, type WriteRequest, writeOf } from '../../../lib/stores/store.ts'
import { functionPart } from '../../support/parts.ts'

const PARTS = [functionPart('area', 'function area() {}')]

function madeBy(more: Partial<MadeBy> = {}): MadeBy {
  return { name: 'area', code: 'one', writtenAtMs: 1, alone: false, parts: () => PARTS, ...more }
}

const RESULT: WriteRequest = writeOf([{ key: 'c:area:1', bytes: Uint8Array.of(1) }], { durable: true })

async function keysOf(store: Store): Promise<readonly string[]> {
  return [...(await store.entries())].map(([key]) => key)
}

describe('withManifest', () => {
  let store: Store
  beforeEach(() => {
    store = new MemoryStore()
  })

  it('keeps with a result what its code was made of', async () => {
    await store.write(withManifest(store, RESULT, madeBy()))
    assert.deepEqual(await keysOf(store), ['c:area:1', 'm:area:one', 'm:area:'])
    const bytes = await store.get('m:area:one')
    assert.deepEqual(decodeManifest(bytes, 'm:area:one'), { parts: PARTS, writtenAtMs: 1, isWhole: true })
  })

  it('asks for the parts once, and leaves the request as it is when it has seen them there', async () => {
    let asked = 0
    const counting = madeBy({
      parts: () => {
        asked += 1
        return PARTS
      },
    })
    for (let i = 0; i < 3; i += 1) await store.write(withManifest(store, RESULT, counting))
    assert.equal(asked, 1)
    assert.equal(withManifest(store, RESULT, counting), RESULT)
    assert.notEqual(withManifest(store, RESULT, madeBy({ code: 'two' })), RESULT)
  })

  it('may be planned again, as stores do', () => {
    const request = withManifest(store, RESULT, madeBy())
    const none = () => [][Symbol.iterator]()
    assert.deepEqual(request.plan(new Map(), none), request.plan(new Map(), none))
  })

  it('keeps nothing where the result is not kept', async () => {
    await store.write(withManifest(store, writeOf([], { durable: true }), madeBy()))
    assert.deepEqual(await keysOf(store), [])
  })

  it('keeps nothing of code that does not count, or has no parts', async () => {
    assert.equal(withManifest(store, RESULT, madeBy({ code: '' })), RESULT)
    await store.write(withManifest(store, RESULT, madeBy({ parts: () => [] })))
    assert.deepEqual(await keysOf(store), ['c:area:1'])
    assert.equal(withManifest(store, RESULT, madeBy()), RESULT)
  })

  it('replaces one that is damaged, and lists it once', async () => {
    await store.write(withManifest(store, RESULT, madeBy()))
    await store.write(writeOf([{ key: 'm:area:one', bytes: Uint8Array.of(1, 2) }], { durable: true }))
    await store.write(withManifest(store, RESULT, madeBy()))
    assert.equal(openText((await store.get('m:area:'))!, 'm:area:'), 'one')
    assert.ok(decodeManifest(await store.get('m:area:one'), 'm:area:one'))
  })

  it('keeps 32 of a name, and lets the oldest go', async () => {
    for (let i = 0; i < 40; i += 1)
      await store.write(withManifest(store, RESULT, madeBy({ code: `code${i}` })))
    const codes = (await keysOf(store)).filter(key => key.startsWith('m:area:') && key !== 'm:area:')
    assert.deepEqual(
      codes,
      Array.from({ length: 32 }, (_, i) => `m:area:code${i + 8}`),
    )
  })

  it('keeps no other one where the result is alone in its store', async () => {
    for (const name of ['area', 'other']) await store.write(withManifest(store, RESULT, madeBy({ name })))
    await store.write(withManifest(store, RESULT, madeBy({ code: 'two', alone: true })))
    assert.deepEqual((await keysOf(store)).toSorted(), ['c:area:1', 'm:area:', 'm:area:two'])
  })

  it('begins the list anew where it is damaged', async () => {
    await store.write(withManifest(store, RESULT, madeBy()))
    await store.write(writeOf([{ key: 'm:area:', bytes: Uint8Array.of(1) }], { durable: true }))
    await store.write(withManifest(store, RESULT, madeBy({ code: 'two' })))
    assert.deepEqual(await keysOf(store), ['c:area:1', 'm:area:one', 'm:area:', 'm:area:two'])
  })

  it('keeps none that would take more than its share of the store', async () => {
    const source = Array.from({ length: 9_000 }, (_, i) => (i * i * 7_919) % 1_000_003).join()
    sayBounds(store, { said: { maxBytes: 100_000 }, usual: {} })
    await store.write(withManifest(store, RESULT, madeBy({ parts: () => [functionPart('area', source)] })))
    assert.deepEqual(await keysOf(store), ['c:area:1'])
  })
})

describe('removeManifests', () => {
  it('removes those of one name, which are kept again with the next result', async () => {
    const store = new MemoryStore()
    const keep = (more: Partial<MadeBy> = {}) => store.write(withManifest(store, RESULT, madeBy(more)))
    await keep()
    await keep()
    await keep({ name: 'area2' })
    await keep({ name: '' })
    await removeManifests(store, 'area')
    await removeManifests(store, 'nobody')
    await removeManifests(store, '')
    assert.deepEqual(await keysOf(store), ['c:area:1', 'm:area2:one', 'm:area2:', 'm::one', 'm::'])
    await keep()
    assert.ok((await keysOf(store)).includes('m:area:one'))
  })
})
