import assert from 'node:assert/strict'
import { REASONS, type Reason } from '../../../lib/base/reason.ts'
import { explain, explainUnkeyable } from '../../../lib/cache/why/explain.ts'
import { miss } from '../../../lib/entries/verdict.ts'
import { entryOf } from '../../support/entries.ts'
import { evidenceOf, programOf } from '../../support/evidence.ts'
import { functionPart, valuePart } from '../../support/parts.ts'

const AT = Date.UTC(2024, 0, 2, 3, 4, 5)

describe('explain', () => {
  it('says of a hit when it was kept and what it saves', () => {
    const texts = [5, 1_500, 90_000, 0].map(
      costMs => explain({ hit: true, entry: entryOf(1, { createdAtMs: AT, costMs }) }, evidenceOf()).text,
    )
    assert.deepEqual(texts, [
      'area(1) hits in /c: it was kept on 2024-01-02 03:04:05 and saves 5.0 ms.',
      'area(1) hits in /c: it was kept on 2024-01-02 03:04:05 and saves 1.5 s.',
      'area(1) hits in /c: it was kept on 2024-01-02 03:04:05 and saves 1.5 min.',
      'area(1) hits in /c: it was kept on 2024-01-02 03:04:05.',
    ])
  })

  it('has words for every reason of a miss', () => {
    for (const because of Object.keys(REASONS) as Reason[]) {
      const { hit, because: said, text } = explain(miss(because), evidenceOf())
      assert.deepEqual([hit, said], [false, because])
      assert.ok(text.startsWith(`area(1) misses in /c: ${REASONS[because]}.`))
    }
  })

  it('adds what is known of the entry', () => {
    const entry = entryOf(1, {
      createdAtMs: AT,
      expiresAtMs: AT + 1_000,
      name: 'other',
      codeVersion: 'one...',
    })
    const { details, text } = explain(miss('expired', entry), evidenceOf())
    assert.equal(
      text,
      'area(1) misses in /c: what was kept has expired. It expired on 2024-01-02 03:04:06. It was kept on 2024-01-02 03:04:05.',
    )
    assert.deepEqual(details, {
      call: 'area(1)',
      place: '/c',
      createdAtMs: AT,
      costMs: 5,
      codeVersion: 'one...',
      madeBy: 'other',
      expiresAtMs: AT + 1_000,
      expiredBy: 'kept',
    })
  })

  it('tells the whole story in the first line, and the details on others', () => {
    const entry = entryOf(1, { createdAtMs: AT, codeVersion: 'old...', values: '5' })
    const before = [functionPart('area', 'old'), valuePart('area > RATE', '5')]
    const program = programOf([functionPart('area', 'new'), valuePart('area > RATE', '6')], {
      findings: [{ kind: 'clock', path: 'area > Date.now' }],
    })
    const manifest = { parts: before, writtenAtMs: 0, isWhole: true }
    const { text, details } = explain(miss('code-changed', entry), evidenceOf({ program, manifest }))
    assert.deepEqual(text.split('\n'), [
      'area(1) misses in /c: the code of the function is not what it was: area was edited, and 1 other change. ' +
        'It was kept on 2024-01-02 03:04:05.',
      '  area was edited (main.mjs:1):',
      '    --- main.mjs',
      '    +++ main.mjs',
      '    @@ -1,1 +1,1 @@',
      '    -old',
      '    +new',
      '  area > RATE: 5 → 6',
      'Note: area > Date.now: the time decides the result.',
    ])
    assert.equal(details.changes?.length, 2)
    assert.deepEqual(details.findings, [
      { kind: 'clock', path: 'area > Date.now', text: 'the time decides the result' },
    ])
  })

  it('names what is not compared, of a hit too', () => {
    const program = programOf([
      functionPart('area', 'a'),
      valuePart('area > N', '5'),
      valuePart('area > progress', '#a'),
    ])
    const entry = entryOf(1, { codeVersion: 'one...~x', values: '5 ~' })
    assert.match(
      explain({ hit: true, entry }, evidenceOf({ program })).text,
      /\nNote: area > progress: evaluating changes it, and it is not compared\.$/,
    )
    const paths = Buffer.from('[["bar","done"],["step"]]').toString('base64url')
    const partly = entryOf(1, { codeVersion: 'one...~x', values: `5 ~#a~${paths}` })
    assert.deepEqual(
      explain({ hit: true, entry: partly }, evidenceOf({ program })).details.findings?.map(
        ({ path }) => path,
      ),
      ['area > progress.bar.done', 'area > progress.step'],
    )
    const other = entryOf(1, { codeVersion: 'two...~x', values: '5 ~' })
    assert.equal(explain(miss('code-changed', other), evidenceOf({ program })).details.findings, undefined)
  })
})

describe('explainUnkeyable', () => {
  it('says which argument is at fault', () => {
    const { because, details, text } = explainUnkeyable('f(x)', '/c', 'args[0] is a Promise.', 'args[0]')
    assert.deepEqual([because, details.path], ['unkeyable', 'args[0]'])
    assert.match(text, /args\[0\] is a Promise/)
    assert.equal('path' in explainUnkeyable('f(x)', '/c', '', undefined).details, false)
  })
})
