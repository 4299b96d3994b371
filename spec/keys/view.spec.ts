import assert from 'node:assert/strict'
import { IGNORED } from '../../lib/keys/atoms.ts'
import { seenThrough, type View } from '../../lib/keys/view.ts'

const WHOLE: View = { isIgnored: false, ignored: [], constant: undefined, parts: undefined }
const withDefault = (value: unknown): View => ({ ...WHOLE, constant: { value } })
const object = (views: Record<string, View>, hasRest = false): View => ({
  ...WHOLE,
  parts: { of: 'object', views: new Map(Object.entries(views)), hasRest },
})
const array = (views: readonly (View | undefined)[], hasRest = false): View => ({
  ...WHOLE,
  parts: { of: 'array', views, hasRest },
})

describe('seenThrough', () => {
  it('gives a whole value as it is, and the default for undefined', () => {
    const value = {}
    assert.equal(seenThrough(WHOLE, value), value)
    assert.equal(seenThrough(WHOLE, undefined), undefined)
    assert.equal(seenThrough(withDefault(1), undefined), 1)
    assert.equal(seenThrough(withDefault(1), null), null)
  })

  it('gives of an object the properties that are taken, with their defaults', () => {
    const view = object({ a: WHOLE, b: withDefault(2) })
    assert.deepEqual(seenThrough(view, { a: 1, c: 3 }), { a: 1, b: 2 })
    assert.deepEqual(seenThrough(view, { a: undefined, b: 5 }), { b: 5 })
    assert.deepEqual(seenThrough(object({ a: WHOLE }, true), { a: undefined, c: undefined }), {
      c: undefined,
    })
  })

  it('gives of an array the elements that are taken', () => {
    assert.deepEqual(seenThrough(array([WHOLE, undefined, withDefault(3)]), [1, 2]), [1, undefined, 3])
    assert.deepEqual(seenThrough(array([WHOLE]), [undefined, 2]), [])
    assert.deepEqual(seenThrough(array([WHOLE], true), [undefined, undefined]), [undefined, undefined])
  })

  it('leaves out what is ignored', () => {
    const ignored: View = { ...WHOLE, isIgnored: true }
    assert.equal(seenThrough(ignored, 1), IGNORED)
    assert.deepEqual(seenThrough(object({ a: ignored, b: WHOLE }), { a: 1, b: 2 }), { b: 2 })
    assert.deepEqual(seenThrough(array([ignored, WHOLE]), [1, 2]), [IGNORED, 2])
    assert.deepEqual(seenThrough(array([ignored, WHOLE]), Object.assign(new Array(2), { 1: 2 })), [
      IGNORED,
      2,
    ])
    const options = new (class Options { a = 1; b = 2 })() // biome-ignore format: one line
    assert.deepEqual(
      { ...(seenThrough({ ...object({ a: ignored }), ignored: [['a']] }, options) as object) },
      { b: 2 },
    )
  })

  it('takes the whole of what is not plain', () => {
    const map = new Map()
    assert.equal(seenThrough(object({ a: withDefault(1) }), map), map)
    assert.equal(seenThrough(array([withDefault(1)]), map), map)
    const loud = Object.defineProperty({}, 'a', { get: () => assert.fail('was run') })
    assert.equal(seenThrough(object({ a: WHOLE }), loud), loud)
  })
})
