import assert from 'node:assert/strict'
import type { Entry } from '../../lib/entries/entry.ts'
import {
  everythingSeen,
  isStillSo,
  keysSeen,
  presenceOf,
  SEEN_NOTHING,
  seenOf,
  TORN,
} from '../../lib/entries/use.ts'
import { entryOf, useOf, viewOf } from '../support/entries.ts'

const KEY = 'd"x'
const entry = entryOf(1, { name: '', codeVersion: '' })
const error = entryOf(new Error('no'), { status: 'error' })

/** Whether what `dict.get` saw of `before` is still so where `after` lies there. */
function isSame(before: Entry | undefined, after: Entry | undefined): boolean {
  return isStillSo(
    useOf({ key: KEY, ...seenOf(before) }),
    viewOf(after === undefined ? {} : { [KEY]: after }),
  )
}

describe('a use of a value', () => {
  it('is still so where it is the same value, whenever it was written', () => {
    assert.equal(isSame(entry, entry), true)
    assert.equal(isSame(entry, { ...entry, createdAtMs: 5_000 }), true)
    assert.equal(isSame(entry, { ...entry, value: entryOf(2).value }), false)
    assert.equal(isSame(entry, { ...entry, value: entryOf(2).value, createdAtMs: 5_000 }), false)
    assert.equal(isSame(entry, undefined), false)
  })

  it('takes an error, and damage, for nothing there', () => {
    assert.deepEqual(seenOf(error), SEEN_NOTHING)
    assert.equal(isSame(undefined, undefined), true)
    assert.equal(isSame(undefined, error), true)
    assert.equal(isSame(undefined, entry), false)
    const damaged = { ...viewOf({ [KEY]: entry }), get: () => new Uint8Array(40) }
    assert.equal(isStillSo(useOf({ key: KEY, ...SEEN_NOTHING }), damaged), true)
    assert.equal(isStillSo(useOf({ key: KEY, ...seenOf(entry) }), damaged), false)
  })

  it('looks at no value where nothing was written', () => {
    const view = viewOf({ [KEY]: entry })
    const headOnly = { ...view, get: (key: string) => view.get(key)!.subarray(0, -entry.value.byteLength) }
    assert.equal(isStillSo(useOf({ key: KEY, ...seenOf(entry) }), headOnly), true)
  })

  it('that was torn is so of nothing', () => {
    for (const there of [{}, { [KEY]: entry }])
      for (const what of ['value', 'presence', 'result', 'keys', 'everything'] as const)
        assert.equal(isStillSo(useOf({ what, key: KEY, ...TORN }), viewOf(there)), false)
  })
})

describe('a use of a presence', () => {
  it('asks whether there is a value, whichever', () => {
    const there = useOf({ what: 'presence', key: KEY, ...presenceOf(true) })
    const absent = useOf({ what: 'presence', key: KEY, ...presenceOf(false) })
    const views = [viewOf({ [KEY]: entryOf(7) }), viewOf({}), viewOf({ [KEY]: error })]
    assert.deepEqual(
      views.map(view => isStillSo(there, view)),
      [true, false, false],
    )
    assert.deepEqual(
      views.map(view => isStillSo(absent, view)),
      [false, true, true],
    )
  })
})

describe('a use of a result', () => {
  const OLD = `a${KEY}\none...\nrs`
  const one = entryOf('one', { codeVersion: 'one...' })
  const two = entryOf('two', { codeVersion: 'two...', older: [OLD] })
  const use = useOf({ what: 'result', key: KEY, codeVersion: 'one...', ...seenOf(one) })
  const unkept = useOf({ what: 'result', key: KEY, codeVersion: 'one...', ...SEEN_NOTHING })

  it('is of the code that gave it, wherever that lies', () => {
    assert.equal(isStillSo(use, viewOf({ [KEY]: one })), true)
    assert.equal(isStillSo(use, viewOf({ [KEY]: two, [OLD]: one })), true)
    assert.equal(isStillSo(use, viewOf({ [KEY]: two, [OLD]: { ...one, value: two.value } })), false)
    assert.equal(isStillSo(use, viewOf({ [KEY]: two })), false)
    assert.equal(isStillSo(use, viewOf({ [KEY]: { ...two, older: [] } })), false)
    assert.equal(isStillSo(use, viewOf({})), false)
  })

  it('gives way to what a block set', () => {
    assert.equal(isStillSo(use, viewOf({ [KEY]: { ...two, codeVersion: '' } })), false)
    assert.equal(isStillSo(use, viewOf({ [KEY]: { ...one, codeVersion: '' } })), true)
    assert.equal(isStillSo(unkept, viewOf({ [KEY]: entry })), false)
  })

  it('that was not kept stays so while there is none', () => {
    assert.equal(isStillSo(unkept, viewOf({})), true)
    assert.equal(isStillSo(unkept, viewOf({ [KEY]: { ...two, older: [] } })), true)
    assert.equal(isStillSo(unkept, viewOf({ [KEY]: one })), false)
  })
})

describe('a use of a listing', () => {
  const both = viewOf({ [KEY]: entry, 'd"y': entryOf(2) })

  it('of keys is so of these keys, in this order', () => {
    const use = useOf({ what: 'keys', key: '', ...keysSeen(both, []) })
    assert.equal(isStillSo(use, both), true)
    assert.equal(isStillSo(use, viewOf({ [KEY]: entryOf(7), 'd"y': entry })), true)
    assert.equal(isStillSo(use, viewOf({ 'd"y': entry, [KEY]: entry })), false)
    assert.equal(isStillSo(use, viewOf({ [KEY]: entry })), false)
  })

  it('of everything is so of these values, whenever they were written', () => {
    const use = useOf({ what: 'everything', key: '', ...everythingSeen(both, []) })
    assert.equal(isStillSo(use, both), true)
    assert.equal(isStillSo(use, viewOf({ [KEY]: { ...entry, createdAtMs: 9 }, 'd"y': entryOf(2) })), true)
    assert.equal(isStillSo(use, viewOf({ [KEY]: entry, 'd"y': entryOf(3) })), false)
    assert.equal(isStillSo(use, viewOf({ [KEY]: entry })), false)
  })

  it('that was taken quickly is so of nothing that was written again', () => {
    const use = useOf({ what: 'everything', key: '', ...everythingSeen(both, [], 'quick') })
    assert.equal(isStillSo(use, both), true)
    assert.equal(isStillSo(use, viewOf({ [KEY]: { ...entry, createdAtMs: 9 }, 'd"y': entryOf(2) })), false)
  })

  it('leaves out the keys that it names', () => {
    for (const [what, seen] of [
      ['keys', keysSeen],
      ['everything', everythingSeen],
    ] as const) {
      const use = useOf({ what, key: `${KEY}\nd"z`, ...seen(both, [KEY, 'd"z']) })
      assert.equal(isStillSo(use, viewOf({ 'd"y': entryOf(2), 'd"z': entry })), true)
      assert.equal(isStillSo(use, viewOf({ 'd"y': entryOf(2), 'd"w': entry })), false)
    }
  })
})
