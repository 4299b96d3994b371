import assert from 'node:assert/strict'
import { REASONS, type Reason } from '../../lib/base/reason.ts'
import { explain, explainUnkeyable } from '../../lib/cache/explanation.ts'
import { miss } from '../../lib/entries/verdict.ts'
import { entryOf } from '../support/entries.ts'

describe('explain', () => {
  const at = Date.UTC(2024, 0, 2, 3, 4, 5)

  it('says of a hit when it was kept and what it saves', () => {
    const texts = [5, 1_500, 90_000, 0].map(
      costMs => explain({ hit: true, entry: entryOf(1, { createdAtMs: at, costMs }) }, 'area(1)', '/c').text,
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
      const { hit, because: said, text } = explain(miss(because), 'area(1)', '/c')
      assert.deepEqual([hit, said], [false, because])
      assert.ok(text.startsWith(`area(1) misses in /c: ${REASONS[because]}.`))
    }
  })

  it('says when something was removed to make room', () => {
    const { details, text } = explain({ ...miss('evicted'), evictedAtMs: at }, 'f()', '/c')
    assert.deepEqual(details, { call: 'f()', place: '/c', evictedAtMs: at })
    assert.match(text, /removed to make room\. That was on 2024-01-02 03:04:05\.$/)
  })

  it('names what of that which it was made of has changed', () => {
    const texts = (
      [
        { kind: 'key', place: '', text: 'data' },
        { kind: 'key', place: '/other', text: '{ x: 1 }' },
        { kind: 'keys', place: '.', text: '' },
        { kind: 'everything', place: '', text: '' },
        { kind: 'function', place: '.', text: 'load' },
      ] as const
    ).map(dependency => {
      const { details, text } = explain({ ...miss('dependency-changed'), dependency }, 'f()', '/c')
      return [details.dependency, /It was made of (.*)\.$/.exec(text)?.[1]]
    })
    assert.deepEqual(texts, [
      ['data', 'the value of data'],
      ['{ x: 1 }', 'the value of { x: 1 } in /other'],
      ['the list of keys', 'the list of keys'],
      ['all keys and values', 'all keys and values'],
      ['load', 'what load gives'],
    ])
  })

  it('says which captured values have changed, and why nothing can be kept', () => {
    const changed = explain({ ...miss('code-changed'), changedValues: [2] }, 'f()', '/c')
    assert.deepEqual(changed.details.changedValues, [2])
    const refused = explain({ ...miss('unkeyable'), refusal: 'It uses `this`.' }, 'f()', '/c')
    assert.match(refused.text, /It uses `this`\.$/)
  })

  it('adds what is known of the entry', () => {
    const entry = entryOf(1, { createdAtMs: at, expiresAtMs: at + 1_000, name: 'other' })
    assert.match(
      explain(miss('expired', entry), 'f()', '/c').text,
      /It expired on 2024-01-02 03:04:06\. It was kept on/,
    )
    assert.match(explain(miss('another-function', entry), 'f()', '/c').text, /called other/)
    assert.deepEqual(explain(miss('expired', entry), 'f()', '/c').details, {
      call: 'f()',
      place: '/c',
      createdAtMs: at,
      costMs: 5,
      codeVersion: 'one...',
      madeBy: 'other',
      expiresAtMs: at + 1_000,
    })
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
