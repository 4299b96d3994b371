/*
 * The test cases of cachephant (research/seed-semantics.md, C1–C11), in JavaScript. Left out:
 * C1, C2, C9: access times, LRU and bounds of size (later: eviction). C6: golden keys: spec/keys/golden.ts.
 * C10: processes that open one store: spec/together. C11: data frames: `registerClass`, in spec/codec.
 */
import assert from 'node:assert/strict'
import { decorate, type EntryInfo } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'
import { seenEvents } from '../support/seen-events.ts'

describe('cachephant', () => {
  ownCache()
  const seen = seenEvents()

  const make = () =>
    decorate(function f(x: number, y: number, o1 = 'foo', o2: unknown = 123) {
      return { x, y, o1, o2 }
    })

  it('C3: a value comes back as it was, and is gone when it is removed', async () => {
    const fn = make()
    const value = fn(1, 33)
    const entries: EntryInfo[] = []
    for await (const entry of fn.entries()) entries.push(entry)
    assert.deepEqual(await entries[0]?.value(), value)
    assert.ok(entries[0]!.sizeBytes > 0)
    assert.equal(await entries[0]?.remove(), true)
    assert.equal(await fn.has(1, 33), false)
  })

  it('C4: a call has a name and a key', async () => {
    const fn = make()
    fn(1, 33, 'foo', 234)
    for await (const entry of fn.entries()) {
      assert.equal(entry.name, 'f')
      assert.match(entry.key, /^[0-9a-f]{64}$/)
    }
    assert.equal(await fn.keyOf(1, 33), await fn.keyOf(1, 33, undefined, undefined))
  })

  it('C5: a key is computed from the arguments with their defaults', async () => {
    const fn = decorate((x: number, y: number, o1 = 'foo', o2: unknown = {}) => [x, y, o1, o2], {
      innerKey: '({ x, y, o1, o2 })',
      name: 'f',
    })
    assert.equal(await fn.keyOf(1, 33), await fn.keyOf(1, 33, 'foo', {}))
    assert.notEqual(await fn.keyOf(1, 33), await fn.keyOf(1, 33, 'bar', {}))
  })

  it('C7: a miss and a hit are told', () => {
    const fn = make()
    fn(1, 33)
    fn(1, 33)
    assert.deepEqual(seen.types(), ['miss', 'evaluated', 'kept', 'hit'])
  })

  it('C8: misses and hits follow the arguments, with a default left out', () => {
    const hi = decorate(function hi(x: number, _y?: number) {
      return x
    })
    assert.deepEqual([hi(2), hi(3), hi(2, undefined)], [2, 3, 2])
    assert.deepEqual(
      seen.types().filter(type => type === 'hit' || type === 'miss'),
      ['miss', 'miss', 'hit'],
    )
  })

  it('its bug: the order of a list belongs to the key', () => {
    const first = decorate(function first(list: number[]) {
      return list[0]
    })
    assert.deepEqual([first([1, 2]), first([2, 1])], [1, 2])
  })

  it('its bug: two functions with equal arguments do not share a result', () => {
    const [one, two] = [
      decorate(function one(_: number) {
        return 'one'
      }),
      decorate(function two(_: number) {
        return 'two'
      }),
    ]
    assert.deepEqual([one(1), two(1)], ['one', 'two'])
  })
})
