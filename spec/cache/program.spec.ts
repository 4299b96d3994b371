import assert from 'node:assert/strict'
import { Program, programOf } from '../../lib/cache/program.ts'
import type { ValueChange } from '../../lib/fingerprint/watch.ts'
import { CONTENT } from '../../lib/keys/own-content.ts'

/** A reading of code with these values, which says how often it was asked for them. */
function readingOf(values: readonly string[], more: object = {}) {
  const reading = {
    code: 'c',
    values,
    changes: [] as readonly ValueChange[],
    watched: 0,
    watch() {
      this.watched += 1
      return () => this.changes
    },
    valueWithout: (index: number) => `without ${index}`,
    hasChanged: () => false,
    without: () => ({ code: 'c', values: ['rest'] }),
    refusal: undefined,
    isProvisional: false,
  }
  return Object.assign(reading, more)
}

describe('Program', () => {
  it('is read when it is first asked for, and once', () => {
    const deps: unknown[] = []
    const program = programOf(() => 1, { deps })
    deps.push('added while the program was loading')
    const version = program.version()
    assert.notEqual(version.deps, '')
    assert.equal(program.version(), version)
  })

  it('is read again where that was too early', () => {
    const readings = [readingOf(['early'], { isProvisional: true }), readingOf(['whole'])]
    const program = new Program({}, () => readings.shift()!)
    assert.deepEqual(program.version().values, ['early'])
    for (let n = 0; n < 2; n += 1) assert.deepEqual(program.version().values, ['whole'])
  })

  it('depends on no code where that is off', () => {
    assert.equal(programOf(() => 1, { code: 'off' }).version().text, '...')
  })

  it('looks at deps that count by their content at each call', () => {
    let content = 'a'
    const file = Object.defineProperty({}, CONTENT, { value: () => content })
    const program = new Program({ deps: [file] }, () => readingOf(['v']))
    const before = program.version()
    assert.equal(program.version(), before)
    content = 'b'
    const after = program.version()
    assert.notEqual(after.deps, before.deps)
    assert.notEqual(after.text, before.text)
    assert.deepEqual(after.values, ['v'])
    content = 'a'
    assert.equal(program.version().text, before.text)
  })

  it('looks at deps that are values at each call', () => {
    const config = { rate: 1 }
    const program = new Program({ deps: [config, new Map([['config', config]])] }, () => readingOf([]))
    const before = program.version()
    assert.equal(program.version(), before)
    config.rate = 2
    const after = program.version()
    assert.notEqual(after.deps, before.deps)
    assert.equal(program.version(), after)
  })

  it('finds out at the first evaluation what evaluating changes', () => {
    const reading = readingOf(['a', 'b', 'c'])
    const program = new Program({}, () => reading)
    const changes = [{ index: 1, paths: undefined }]
    const first = program.watch()
    reading.changes = changes
    assert.deepEqual(first(), changes)
    reading.changes = []
    assert.deepEqual(program.watch()(), changes)
    assert.equal(reading.watched, 1)
  })

  it('is read again where what was captured has changed', () => {
    const readings = [
      readingOf(['a'], { hasChanged: () => true }),
      readingOf(['b'], { hasChanged: () => false }),
    ]
    const program = new Program({}, () => readings.shift()!)
    const before = program.version()
    const after = program.version()
    assert.deepEqual([before.values, after.values], [['a'], ['b']])
    assert.equal(program.version(), after)
  })

  it('stays the same where only that has changed which evaluating it changes', () => {
    let rest = 'the same'
    const more = { hasChanged: () => true, without: () => ({ code: 'c', values: [rest] }) }
    const readings = [
      ['a', '1'],
      ['a', '2'],
      ['a', '3'],
      ['b', '3'],
    ].map(values => readingOf(values, more))
    readings[0]!.changes = [{ index: 1, paths: [['n']] }]
    const program = new Program({}, () => readings.shift()!)
    const before = program.version()
    program.watch()()
    assert.equal(program.version(), before)
    rest = 'another'
    assert.deepEqual(program.version().values, ['a', '3'])
    rest = 'the same'
    assert.deepEqual(program.version().values, ['b', '3'])
  })

  it('finds out anew what evaluating changes where something else has changed', () => {
    const readings = [
      readingOf(['a', '1'], { hasChanged: () => true }),
      readingOf(['b', '2'], { without: () => ({ code: 'c', values: [] }) }),
    ]
    const [first, second] = [
      { index: 0, paths: [['n']] },
      { index: 1, paths: undefined },
    ]
    readings[0]!.changes = [first]
    readings[1]!.changes = [second]
    const program = new Program({}, () => readings.shift()!)
    program.version()
    assert.deepEqual(program.watch()(), [first])
    program.version()
    assert.deepEqual(program.watch()(), [first, second])
  })

  it('adds to what is known of a value what changes of it besides, and takes what it settles to now', () => {
    const [n, m] = [['n'], ['m']].map(path => ({ index: 0, paths: [path] }))
    const [early, late] = ['early', 'late'].map(settled => ({ index: 1, paths: undefined, settled }))
    const readings = [
      readingOf(['a', '1'], { hasChanged: () => true, changes: [n, early] }),
      readingOf(['b', '2'], { without: () => ({ code: 'c', values: [] }), changes: [m, late] }),
    ]
    const program = new Program({}, () => readings.shift()!)
    program.version()
    program.watch()()
    program.version()
    assert.deepEqual(program.watch()(), [n, m, late])
  })

  it('takes nothing that evaluating other code changed for something that it changes itself', () => {
    const another = { code: 'another', without: () => ({ code: 'another', values: [] }) }
    const readings = [readingOf(['1', 'a'], { hasChanged: () => true }), readingOf(['a'], another)]
    readings[0]!.changes = [{ index: 0, paths: undefined }]
    const program = new Program({}, () => readings.shift()!)
    program.version()
    program.watch()()
    program.version()
    assert.deepEqual(program.watch()(), [])
  })

  it('asks for a value without some of its properties as it was read', () => {
    const program = new Program({}, () => readingOf(['a']))
    assert.equal(program.version().valueWithout?.(7, []), 'without 7')
  })

  it('is never refused where the user has said what counts', () => {
    const refusal = 'its this cannot be seen'
    const refused = (options: ConstructorParameters<typeof Program>[0]) =>
      new Program(options, () => readingOf([], { refusal })).refusal()
    assert.equal(refused({}), refusal)
    for (const options of [{ deps: [] }, { code: 'own' }, { code: 'off' }] as const)
      assert.equal(refused(options), undefined)
  })
})
