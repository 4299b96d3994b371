import assert from 'node:assert/strict'
import {
  ANY_CODE,
  changedValues,
  codeVersionOf,
  judgeCodeVersion,
  keptVersionOf,
  mayBeOf,
} from '../../lib/entries/code-version.ts'

const asked = codeVersionOf({ code: 'c', version: 'v', deps: 'd', values: [] })
const kept = (parts: Partial<typeof asked> = {}) => keptVersionOf(codeVersionOf({ ...asked, ...parts }), [])
/** All of one value was changed. */
const whole = (index: number) => [{ index, paths: undefined }]
const withValues = (...values: string[]) => codeVersionOf({ ...asked, values })

describe('codeVersionOf', () => {
  it('is one short text, whatever the values', () => {
    assert.equal(asked.text, 'c.v.d.')
    const texts = [withValues('a', 'b'), withValues('b', 'a'), withValues('a')].map(({ text }) => text)
    assert.equal(new Set(texts).size, 3)
    for (const text of texts) assert.match(text, /^c\.v\.d\.[0-9a-f]{32}$/)
  })
})

describe('judgeCodeVersion', () => {
  it('accepts what the same code made', () => {
    assert.equal(judgeCodeVersion(kept(), asked), undefined)
  })

  it('names what differs: the code first, then version, deps, values', () => {
    const other = { code: 'x', version: 'x', deps: 'x', values: ['x'] }
    assert.equal(judgeCodeVersion(kept(other), asked), 'code-changed')
    assert.equal(judgeCodeVersion(kept({ ...other, code: 'c' }), asked), 'version-changed')
    assert.equal(judgeCodeVersion(kept({ ...other, code: 'c', version: 'v' }), asked), 'dependency-changed')
    assert.equal(judgeCodeVersion(kept({ values: ['x'] }), asked), 'code-changed')
    assert.equal(judgeCodeVersion(kept(), withValues('x')), 'code-changed')
    assert.equal(judgeCodeVersion(kept({ values: ['a', 'b'] }), withValues('a', 'x')), 'code-changed')
  })

  it('takes a version or deps that came or went for a change', () => {
    const bare = codeVersionOf({ code: 'c', version: '', deps: '', values: [] })
    assert.equal(
      judgeCodeVersion(keptVersionOf(bare, []), codeVersionOf({ ...bare, version: 'v' })),
      'version-changed',
    )
    const withDeps = codeVersionOf({ ...bare, deps: 'd' })
    assert.equal(judgeCodeVersion(keptVersionOf(withDeps, []), bare), 'dependency-changed')
  })

  it('accepts any code, and any values, where the code is off', () => {
    const off = codeVersionOf({ ...asked, code: '' })
    assert.equal(judgeCodeVersion(kept({ values: ['a'] }), off), undefined)
  })

  it('accepts what a block set, whatever is asked for', () => {
    assert.equal(judgeCodeVersion({ codeVersion: ANY_CODE, values: '' }, asked), undefined)
  })

  it('compares no volatile value, and all others', () => {
    const entry = keptVersionOf(withValues('a', 'b', 'c'), whole(1))
    assert.equal(entry.values, 'a ~ c')
    assert.equal(judgeCodeVersion(entry, withValues('a', 'x', 'c')), undefined)
    assert.equal(judgeCodeVersion(entry, withValues('a', 'b', 'x')), 'code-changed')
    assert.equal(judgeCodeVersion(entry, withValues('a', 'b')), 'code-changed')
    assert.equal(judgeCodeVersion(entry, withValues('a', 'b', 'c', 'd')), 'code-changed')
  })
})

describe('keptVersionOf', () => {
  /** Values that say which of their properties were left out. */
  const parted = (...values: string[]) => ({
    ...withValues(...values),
    valueWithout: (index: number, paths: readonly (readonly string[])[]) =>
      `${values[index]?.slice(0, 1)}-${paths.map(path => path.join('.')).join('+')}`,
  })

  it('compares of a value what evaluating does not change', () => {
    const changes = [{ index: 1, paths: [['n'], ['deep', 'm']] }]
    const entry = keptVersionOf(parted('a', 'b1'), changes)
    assert.match(entry.values, /^a ~b-deep\.m\+n~[\w-]+$/)
    assert.match(entry.codeVersion, /^c\.v\.d\.~/)
    assert.equal(judgeCodeVersion(entry, parted('a', 'b2')), undefined)
    assert.equal(judgeCodeVersion(entry, parted('a', 'x2')), 'code-changed')
    assert.equal(judgeCodeVersion(entry, withValues('a', 'b2')), 'code-changed')
    assert.deepEqual(changedValues(entry, parted('a', 'x2')), [1])
  })

  it('adds what changes now to what changed before', () => {
    const before = keptVersionOf(parted('a1'), [{ index: 0, paths: [['n']] }])
    const both = keptVersionOf(parted('a2'), [{ index: 0, paths: [['m']] }], before)
    assert.equal(both.values.split('~')[1], 'a-m+n')
    assert.equal(keptVersionOf(parted('a3'), [], before).values.split('~')[1], 'a-n')
    assert.equal(keptVersionOf(parted('a3'), whole(0), before).values, '~')
  })

  it('says of a promise that was waited for what it came to', () => {
    const changes = [{ index: 0, paths: undefined, settled: 'fulfilled(5)' }]
    const entry = keptVersionOf(withValues('pending', 'b'), changes)
    assert.equal(entry.values, 'fulfilled(5) b')
    assert.equal(entry.codeVersion, withValues('fulfilled(5)', 'b').text)
    assert.equal(judgeCodeVersion(entry, withValues('fulfilled(5)', 'b')), undefined)
    assert.equal(judgeCodeVersion(entry, withValues('pending', 'b')), 'code-changed')
  })

  it('reads no paths where somebody has damaged them', () => {
    const entry = { codeVersion: 'c.v.d.~x', values: '~a-~!!' }
    assert.equal(judgeCodeVersion(entry, parted('a1')), undefined)
    assert.equal(judgeCodeVersion({ ...entry, values: '~b-~e30' }, parted('a1')), 'code-changed')
  })

  it('leaves volatile what was volatile under the same code', () => {
    const before = keptVersionOf(withValues('a', 'b', 'c'), whole(1))
    assert.equal(keptVersionOf(withValues('a', 'x', 'y'), whole(2), before).values, 'a ~ ~')
    assert.equal(keptVersionOf(withValues('a', 'x'), [], before).values, 'a x')
    const other = codeVersionOf({ ...withValues('a', 'x', 'y'), code: 'other' })
    assert.equal(keptVersionOf(other, [], before).values, 'a x y')
  })

  it('gives one text for all that differ in volatile values only', () => {
    const texts = ['b', 'x'].map(b => keptVersionOf(withValues('a', b), whole(1)).codeVersion)
    assert.equal(texts[0], texts[1])
    assert.match(texts[0]!, /^c\.v\.d\.~/)
    assert.notEqual(keptVersionOf(withValues('y', 'b'), whole(1)).codeVersion, texts[0])
  })
})

describe('mayBeOf', () => {
  it('knows by the text alone what cannot be of the asked code', () => {
    const volatile = keptVersionOf(withValues('a', 'b'), whole(1)).codeVersion
    assert.equal(mayBeOf(volatile, withValues('other', 'x')), true)
    assert.equal(mayBeOf(withValues('a', 'b').text, withValues('a', 'b')), true)
    assert.equal(mayBeOf(withValues('a', 'b').text, withValues('a', 'x')), false)
    assert.equal(mayBeOf(volatile, codeVersionOf({ ...asked, deps: 'x' })), false)
    assert.equal(mayBeOf(withValues('a').text, codeVersionOf({ ...asked, code: '' })), true)
    assert.equal(mayBeOf(volatile, undefined), true)
  })
})

describe('changedValues', () => {
  it('are the places of those that differ, came or went, but not of volatile ones', () => {
    const entry = keptVersionOf(withValues('a', 'b', 'c'), whole(0))
    assert.deepEqual(changedValues(entry, withValues('x', 'b', 'y', 'z')), [2, 3])
    assert.deepEqual(changedValues(entry, withValues('x', 'b')), [2])
    assert.deepEqual(changedValues(entry, codeVersionOf({ ...asked, code: 'x', values: ['q'] })), [])
  })
})
