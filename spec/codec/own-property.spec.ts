import assert from 'node:assert/strict'
import { ownProperty, refuseOwnProperties, visibleProperty } from '../../lib/codec/own-property.ts'
import type { Place } from '../../lib/codec/place.ts'

const ROOT: Place = { parent: undefined, via: 'root', step: 'result' }
const refused = (path: string, type: string) => (error: { code: string; details: object }) => {
  assert.equal(error.code, 'ERR_CACHE_UNENCODABLE')
  assert.deepEqual({ ...error.details }, { path, type })
  return true
}
const hidden = (value: unknown) => Object.defineProperty({}, 'a', { value, enumerable: false })

describe('ownProperty', () => {
  it('gives key, value, and whether it is enumerable', () => {
    assert.deepEqual(ownProperty(ROOT, { a: undefined }, 'a'), {
      key: 'a',
      value: undefined,
      enumerable: true,
    })
    assert.deepEqual(ownProperty(ROOT, hidden(1), 'a'), { key: 'a', value: 1, enumerable: false })
  })

  it('refuses an accessor, of either half, without running it', () => {
    const run = () => assert.fail('ran an accessor')
    for (const accessor of [{ get: run }, { set: run }]) {
      const object = Object.defineProperty({}, 'a b', accessor)
      assert.throws(() => ownProperty(ROOT, object, 'a b'), refused('result["a b"]', 'accessor'))
    }
  })

  it('refuses a symbol as key, and names it', () => {
    const key = Symbol('s')
    assert.throws(() => ownProperty(ROOT, { [key]: 1 }, key), refused('result[Symbol(s)]', 'symbol'))
  })
})

describe('visibleProperty', () => {
  it('gives what is enumerable, and refuses what is hidden', () => {
    assert.equal(visibleProperty(ROOT, { a: 1 }, 'a').value, 1)
    assert.throws(() => visibleProperty(ROOT, hidden(1), 'a'), refused('result.a', 'hidden property'))
  })
})

describe('refuseOwnProperties', () => {
  it('lets pass what has none, or only the expected ones', () => {
    refuseOwnProperties(ROOT, new Date(0), 'Date')
    refuseOwnProperties(ROOT, /a/, 'RegExp', new Set(['lastIndex']))
  })

  it('refuses every other, hidden ones and symbols too, and says on what', () => {
    const key = Symbol('lastIndex')
    const table: [object, string][] = [
      [Object.assign(/a/, { note: 1 }), 'result.note'],
      [Object.defineProperty(/a/, 'note', { value: 1 }), 'result.note'],
      [Object.assign(/a/, { [key]: 1 }), 'result[Symbol(lastIndex)]'],
    ]
    for (const [regExp, path] of table) {
      assert.throws(
        () => refuseOwnProperties(ROOT, regExp, 'RegExp', new Set(['lastIndex'])),
        refused(path, 'own property'),
      )
    }
    assert.throws(() => refuseOwnProperties(ROOT, /a/, 'RegExp'), /on a RegExp.*Keep it beside the RegExp/)
  })
})
