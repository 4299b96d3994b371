import assert from 'node:assert/strict'
import { Program, programOf } from '../../lib/cache/program.ts'
import { CONTENT } from '../../lib/keys/own-content.ts'

/** A reading of code with these values, which says how often it was asked for them. */
function readingOf(values: readonly string[], more: object = {}) {
  const reading = {
    code: 'c',
    values,
    now: values,
    asked: 0,
    readAgain() {
      this.asked += 1
      return this.now
    },
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

  it('finds out once which values evaluating changes', () => {
    const reading = readingOf(['a', 'b', 'c'])
    const program = new Program({}, () => reading)
    program.version()
    reading.now = ['a', 'x', 'c']
    for (let n = 0; n < 2; n += 1) assert.deepEqual(program.changedValues(), [1])
    assert.equal(reading.asked, 1)
    const none = readingOf([])
    assert.deepEqual(new Program({}, () => none).changedValues(), [])
    assert.equal(none.asked, 0)
  })

  it('takes all values for changed where there are more or fewer afterwards', () => {
    const reading = readingOf(['a', 'b'], { now: ['a'] })
    assert.deepEqual(new Program({}, () => reading).changedValues(), [0, 1])
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
