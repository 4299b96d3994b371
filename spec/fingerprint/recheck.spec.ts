import assert from 'node:assert/strict'
import { readCode } from '../../lib/fingerprint/read-code.ts'

let counter = 1
const progress = { step: 0, label: 'a' }
const tick = (target: { step: number }) => {
  target.step += 1
}
const read = () => [counter, progress]

describe('Recheck', () => {
  it('tells which captured values have changed, and where', () => {
    const reading = readCode(read, 'deep')
    assert.equal(reading.values.length, 2)
    const changes = reading.watch()
    assert.deepEqual(changes(), [])
    counter += 1
    tick(progress)
    assert.deepEqual(changes(), [
      { index: 0, paths: undefined },
      { index: 1, paths: [['step']] },
    ])
  })

  it('says what a list of promises that were waited for has come to', () => {
    let settle = (_: number) => {}
    const later = new Promise<number>(resolve => {
      settle = resolve
    })
    const list = [Promise.resolve(1), later]
    const changes = readCode(async () => Promise.all(list), 'deep').watch()
    settle(7)
    assert.deepEqual(changes(), [{ index: 0, paths: undefined, settled: '[fulfilled(1),fulfilled(7)]' }])
  })

  it('gives the text of a value without some of its properties', () => {
    const reading = readCode(read, 'deep')
    const before = reading.valueWithout(1, [['step']])
    tick(progress)
    assert.equal(reading.valueWithout(1, [['step']]), before)
    assert.notEqual(reading.valueWithout(1, []), reading.values[1])
    progress.label = 'b'
    assert.notEqual(reading.valueWithout(1, [['step']]), before)
  })

  it('does not tell a property that is not there from one that is left out', () => {
    const cache: Record<string, number> = {}
    const reading = readCode(() => cache, 'deep')
    const before = reading.valueWithout(0, [['added']])
    cache.added = 1
    assert.equal(reading.valueWithout(0, [['added']]), before)
  })

  it('has nothing to tell of what captures nothing', () => {
    const reading = readCode((n: number) => n + 1, 'deep')
    assert.deepEqual(reading.watch()(), [])
    assert.equal(reading.valueWithout(3, []), '')
  })
})
