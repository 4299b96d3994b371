import assert from 'node:assert/strict'
import { contentOf } from '../../lib/keys/content.ts'
import { Refusal } from '../../lib/keys/refusal.ts'
import { TAG } from '../../lib/keys/tags.ts'

describe('contentOf', () => {
  it('goes by what an object is inside, whatever its prototype', () => {
    const disguise = (value: object): object => Object.setPrototypeOf(value, null)
    const kinds: [object, number][] = [
      [[], TAG.array],
      [new Array(1), TAG.sparseArray],
      [new Map(), TAG.map],
      [new Set(), TAG.set],
      [new Date(), TAG.date],
      [/a/, TAG.regexp],
      [new Error(), TAG.error],
      [Object(1), TAG.boxed],
      [new ArrayBuffer(1), TAG.arrayBuffer],
      [new SharedArrayBuffer(1), TAG.sharedArrayBuffer],
      [new Uint8Array(1), TAG.typedArray],
      [new DataView(new ArrayBuffer(1)), TAG.dataView],
      [{}, TAG.object],
    ]
    for (const [value, tag] of kinds) assert.equal(contentOf(disguise(value)).tag, tag)
    assert.equal(contentOf(new URL('http://a')).tag, TAG.url)
    assert.equal(contentOf(new URLSearchParams()).tag, TAG.urlSearchParams)
  })

  it('tells a resizable ArrayBuffer from a fixed one', () => {
    const resizable: object = Reflect.construct(ArrayBuffer, [2, { maxByteLength: 4 }])
    assert.notDeepEqual(contentOf(resizable).head, contentOf(new ArrayBuffer(2)).head)
  })

  it('refuses an ArrayBuffer that was given away', () => {
    for (const make of [
      (b: ArrayBuffer) => b,
      (b: ArrayBuffer) => new Uint8Array(b),
      (b: ArrayBuffer) => new DataView(b),
    ]) {
      const buffer = new ArrayBuffer(8)
      const value = make(buffer)
      structuredClone(buffer, { transfer: [buffer] })
      assert.throws(() => contentOf(value), Refusal)
    }
  })
})
