import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isOfEntries } from '../../lib/entries/entry-key.ts'
import { addStatsRequest, decodeStats, encodeStats, statsKeyOf } from '../../lib/entries/kept-stats.ts'
import { addStats, type CallStats } from '../../lib/events/stats.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'

const some: CallStats = {
  ...addStats(),
  hits: 3,
  misses: { ...addStats().misses, absent: 2, expired: 1 },
  evaluations: 3,
  evaluatedMs: 12.5,
  savedMs: 8.25,
  overheadMs: 0.5,
}

describe('kept stats', () => {
  it('lie under a key that is no entry, another one for each name', () => {
    assert.equal(statsKeyOf('área/x'), 's:%C3%A1rea%2Fx')
    const long = 'é'.repeat(200)
    assert.notEqual(statsKeyOf(`${long}a`), statsKeyOf(`${long}b`))
    assert.ok(statsKeyOf(long).length < 150)
    assert.equal(isOfEntries(statsKeyOf('area')), false)
  })

  it('come back as they were', () => {
    assert.deepEqual(decodeStats(encodeStats(some, 's:a'), 's:a'), some)
    assert.equal(decodeStats(undefined, 's:a'), undefined)
  })

  it('count for none with any bit flipped, cut off, or under another key', () => {
    const bytes = encodeStats(some, 's:a')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const damaged = new Uint8Array(bytes)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      assert.equal(decodeStats(damaged, 's:a'), undefined)
    }
    for (let end = 0; end < bytes.length; end += 1)
      assert.equal(decodeStats(bytes.subarray(0, end), 's:a'), undefined)
    assert.equal(decodeStats(bytes, 's:b'), undefined)
  })

  it('count for none where a field is none, and pass over reasons of a later version', () => {
    const forged = (fields: object) =>
      decodeStats(encodeStats({ ...some, ...fields } as CallStats, 's:a'), 's:a')
    for (const hits of [-1, Number.NaN, '3', undefined, Number.POSITIVE_INFINITY])
      assert.equal(forged({ hits }), undefined)
    assert.equal(forged({ misses: { absent: '9' } }), undefined)
    assert.deepEqual(forged({ misses: { ...some.misses, bewitched: 4, __proto__: null } }), some)
  })

  it('add up, whatever is added in whatever order', () => {
    const amounts = fc.record({
      hits: fc.nat(1e6),
      evaluations: fc.nat(1e6),
      savedMs: fc.integer({ min: 0, max: 1e6 }),
    })
    fc.assert(
      fc.property(fc.array(amounts), parts => {
        const store = new MemoryStore()
        const whole = parts.map(part => ({ ...some, ...part }))
        for (const part of whole) store.writeSync(addStatsRequest('s:a', part))
        const kept = decodeStats(store.get('s:a'), 's:a')
        assert.deepEqual(kept ?? addStats(), addStats(...whole))
      }),
    )
  })

  it('begin anew where they are damaged', () => {
    const store = new MemoryStore()
    store.writeSync({
      reads: [],
      plan: () => [{ key: 's:a', bytes: Buffer.from('damaged') }],
      durable: false,
    })
    store.writeSync(addStatsRequest('s:a', some))
    assert.deepEqual(decodeStats(store.get('s:a'), 's:a'), some)
  })
})
