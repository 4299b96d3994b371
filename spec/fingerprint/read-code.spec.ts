import assert from 'node:assert/strict'
import { readCode } from '../../lib/fingerprint/read-code.ts'

const make = (n: number) => () => n
const makeList = (list: number[]) => () => list

describe('readCode', () => {
  it('keeps code and captured values apart', () => {
    const [one, two] = [readCode(make(1), 'deep'), readCode(make(2), 'deep')]
    assert.equal(one.code, two.code)
    assert.match(one.code, /^[\da-f]{32}$/)
    assert.deepEqual([one.values, two.values], [['1'], ['2']])
    assert.deepEqual([one.mode, one.refusal, one.isProvisional], ['inspector', undefined, false])
  })

  it('looks at the body alone for scope own, and at nothing for off', () => {
    const helper = (n: number) => n
    const own = (fn: () => unknown) => readCode(fn, 'own').code
    assert.equal(own(make(1)), own(make(2)))
    assert.notEqual(
      own(() => helper(1)),
      own(() => helper(2)),
    )
    assert.deepEqual(readCode(make(1), 'own').values, [])
    assert.equal(readCode(make(1), 'off').code, '')
    assert.notEqual(own(make(1)), readCode(make(1), 'deep').code)
  })

  it('looks into what has no body of its own for scope own too', () => {
    const bound = (n: number) => ((a: number) => a).bind(null, n)
    const of = (fn: () => unknown) => {
      const { code, values } = readCode(fn, 'own')
      return [code, ...values].join()
    }
    assert.notEqual(of(bound(1)), of(bound(2)))
    assert.notEqual(of((() => 1).bind(null)), of((() => 2).bind(null)))
    assert.notEqual(of(new Proxy(() => 1, {})), of(new Proxy(() => 2, {})))
  })

  it('tells afterwards which values have changed, and where', () => {
    const list = [1]
    const reading = readCode(makeList(list), 'deep')
    const changes = reading.watch()
    assert.deepEqual(changes(), [])
    list.push(2)
    assert.deepEqual(
      changes().map(({ index }) => index),
      [0],
    )
    assert.notEqual(reading.valueWithout(0, []), reading.values[0])
  })

  it('is provisional where a variable is not there yet', () => {
    const [major = 0] = process.versions.node.split('.').map(Number)
    const reading = readCode(() => later, 'deep')
    const later = 1
    // Before Node 22, V8 does not tell.
    assert.equal(reading.isProvisional, major >= 22)
  })
})
