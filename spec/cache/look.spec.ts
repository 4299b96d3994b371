import assert from 'node:assert/strict'
import { decorate, type EntryInfo, registerClass } from 'cachedict'
import { fakeClock } from '../support/fake-clock.ts'
import { ownCache } from '../support/own-cache.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('looking for what is kept', () => {
  ownCache()
  const clock = fakeClock()
  const warnings = seenWarnings()

  it('asks validIf, which sees the value and the entry', async () => {
    let runs = 0
    const seen: EntryInfo[] = []
    const fn = decorate(
      function fn(n: number) {
        return { n, run: ++runs }
      },
      {
        validIf: ({ run }, entry) => {
          seen.push(entry)
          return run > 1
        },
      },
    )
    assert.equal(fn(1).run, 1)
    assert.equal((await fn.why(1)).because, 'rejected')
    assert.equal(await fn.has(1), false)
    assert.equal(fn(1).run, 2)
    assert.equal(fn(1).run, 2)
    assert.equal(seen[0]?.name, 'fn')
    assert.equal(seen[0]?.key, await fn.keyOf(1))
    assert.equal(seen[0]?.createdAtMs, clock.now())
    assert.deepEqual(await seen[0]?.args(), [1])
  })

  it('does not ask validIf of a kept error', () => {
    let runs = 0
    const fn = decorate(
      function fn(): number {
        runs += 1
        throw new RangeError('negative')
      },
      { errors: true, validIf: () => assert.fail('asked') },
    )
    for (let call = 0; call < 2; call += 1) assert.throws(fn, /negative/)
    assert.equal(runs, 1)
  })

  it('passes on what validIf throws', () => {
    const fn = decorate(
      function fn() {
        return 1
      },
      {
        validIf: () => {
          throw new Error('bad predicate')
        },
      },
    )
    assert.equal(fn(), 1)
    assert.throws(fn, /bad predicate/)
  })

  it('takes what cannot be read back for not kept, and warns', async () => {
    class Point {
      x = 1
    }
    let restores = true
    registerClass(Point, {
      name: 'look.spec Point',
      encode: ({ x }) => x,
      decode: () => {
        if (!restores) throw new Error('no such class any more')
        return new Point()
      },
    })
    let runs = 0
    const fn = decorate(function unreadable() {
      runs += 1
      return new Point()
    })
    assert.ok(fn() instanceof Point)
    restores = false
    assert.equal((await fn.why()).because, 'rejected')
    assert.ok(fn() instanceof Point)
    assert.equal(runs, 2)
    assert.match(warnings()[0]!.message, /unreadable.*decode\(\) threw/)
  })
})
