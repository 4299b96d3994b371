import assert from 'node:assert/strict'
import { CacheError } from '../../lib/base/errors.ts'
import { areStillSo, judgeMadeOf, type Surroundings } from '../../lib/entries/dependencies.ts'
import { seenOf, type View } from '../../lib/entries/use.ts'
import type { Verdict } from '../../lib/entries/verdict.ts'
import { entryOf, NOWHERE, useOf, versionOfCode, viewOf } from '../support/entries.ts'

const data = entryOf('data', { name: '', codeVersion: '' })
const other = entryOf('other', { name: '', codeVersion: '' })
const use = useOf({ key: 'd"data', ...seenOf(data) })
const call = { place: '.', name: 'inner', codeVersion: 'one...', values: '' }

function seeing(...views: View[]): Surroundings {
  return { ...NOWHERE, viewsAt: () => views }
}

function hitOf(madeOf: Partial<ReturnType<typeof entryOf>['madeOf']>): Verdict {
  return { hit: true, entry: entryOf(1, { madeOf: { uses: [], calls: [], ...madeOf } }) }
}

describe('judgeMadeOf', () => {
  it('leaves misses as they are, and hits of what was made of nothing', () => {
    const nobody: Surroundings = {
      viewsAt: () => assert.fail(),
      versionsOf: () => assert.fail(),
      turnoverOf: () => assert.fail(),
    }
    for (const verdict of [{ hit: false, because: 'absent' } as const, hitOf({})])
      assert.equal(judgeMadeOf(verdict, nobody), verdict)
  })

  it('hits where all is what it was, in every view', () => {
    const [same, different] = [viewOf({ 'd"data': data }), viewOf({ 'd"data': other })]
    const verdict = hitOf({ uses: [use] })
    assert.equal(judgeMadeOf(verdict, seeing(same, same)), verdict)
    assert.equal(judgeMadeOf(verdict, seeing(same, different)).hit, false)
    assert.equal(judgeMadeOf(verdict, seeing(different)).hit, false)
  })

  it('misses where nobody can tell', () => {
    assert.equal(judgeMadeOf(hitOf({ uses: [use] }), NOWHERE).hit, false)
  })

  it('misses where another store cannot be read, and passes on what is wrong with its own', () => {
    const broken = (error: Error): View => ({
      ...viewOf({}),
      get: () => {
        throw error
      },
    })
    const unreadable = new CacheError('ERR_CACHE_FORMAT', 'no cache')
    const at = (place: string) => hitOf({ uses: [{ ...use, place }] })
    assert.equal(judgeMadeOf(at('/other'), seeing(broken(unreadable))).hit, false)
    assert.throws(() => judgeMadeOf(at(''), seeing(broken(unreadable))), unreadable)
    assert.throws(() => judgeMadeOf(at('/other'), seeing(broken(new TypeError('a bug')))), /a bug/)
  })

  it('says what has changed, and of which entry', () => {
    const explained = (one: Partial<typeof use>) => {
      const verdict = hitOf({ uses: [useOf({ ...use, ...one })] })
      const judged = judgeMadeOf(verdict, seeing(viewOf({})))
      assert.equal(judged.entry, verdict.entry)
      return judged.hit ? undefined : [judged.because, judged.dependency]
    }
    const at = (kind: string, text: string) => ['dependency-changed', { kind, place: '', text }]
    assert.deepEqual(explained({}), at('key', 'data'))
    assert.deepEqual(explained({ key: 'd#-0' }), at('key', '0'))
    assert.deepEqual(explained({ key: 'd:123', label: '{ x: 1 }' }), at('key', '{ x: 1 }'))
    assert.deepEqual(explained({ what: 'keys', key: '' }), at('keys', ''))
    assert.deepEqual(explained({ what: 'everything', key: '' }), at('everything', ''))
  })

  it('asks of a function that was called whether one of that name still has that code', () => {
    const verdict = hitOf({ calls: [call] })
    const known = (...codes: string[]): Surroundings => ({
      ...NOWHERE,
      versionsOf: (place, name) => {
        assert.deepEqual([place, name], ['.', 'inner'])
        return codes.map(code => versionOfCode(code))
      },
    })
    assert.equal(judgeMadeOf(verdict, known()).hit, true)
    assert.equal(judgeMadeOf(verdict, known('two', 'one')).hit, true)
    const judged = judgeMadeOf(verdict, known('two', 'three'))
    assert.deepEqual(judged.hit ? undefined : judged.dependency, {
      kind: 'function',
      place: '.',
      text: 'inner',
    })
  })
})

describe('areStillSo', () => {
  it('says whether all of it is what it was', () => {
    const around: Surroundings = {
      viewsAt: () => [viewOf({ 'd"data': data })],
      versionsOf: () => [versionOfCode('two')],
      turnoverOf: () => 1_000,
    }
    assert.equal(areStillSo({ uses: [use], calls: [] }, around, 1_000), true)
    assert.equal(areStillSo({ uses: [use], calls: [call] }, around, 1_000), false)
    assert.equal(
      areStillSo({ uses: [use, useOf({ ...use, key: 'd"none' })], calls: [] }, around, 1_000),
      false,
    )
  })

  it('is not so where a result of a called function became another one since then', () => {
    const at = (turnoverMs: number | undefined): Surroundings => ({
      viewsAt: () => [],
      versionsOf: () => [],
      turnoverOf: (place, name) => (place === call.place && name === call.name ? turnoverMs : undefined),
    })
    const isSo = (turnoverMs: number | undefined) =>
      areStillSo({ uses: [], calls: [call] }, at(turnoverMs), 1_000)
    assert.deepEqual([undefined, 999, 1_000, 1_001].map(isSo), [true, true, true, false])
    // A clock was wrong.
    assert.equal(isSo(Date.now() + 1e6), true)
  })
})
