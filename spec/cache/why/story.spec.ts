import assert from 'node:assert/strict'
import { storyOf } from '../../../lib/cache/why/story.ts'
import { miss } from '../../../lib/entries/verdict.ts'
import { entryOf } from '../../support/entries.ts'
import { evidenceOf, programOf } from '../../support/evidence.ts'
import { functionPart, valuePart } from '../../support/parts.ts'

const AT = Date.UTC(2024, 0, 2, 3, 4, 5)

describe('storyOf', () => {
  it('tells of what is absent which argument is another than in the nearest call', () => {
    const nearest = {
      args: [{ filters: { year: 2024 } }],
      differences: [{ path: 'args[0].filters.year', before: 2024, after: 2025 }],
    }
    const story = storyOf(miss('absent'), evidenceOf({ nearest, parameters: ['query'] }))
    assert.equal(
      story.sentence,
      'The nearest kept call has another args[0].filters.year (query): 2024 → 2025.',
    )
    assert.deepEqual([story.lines, story.details], [[], { nearest }])
    assert.deepEqual(storyOf(miss('absent'), evidenceOf()), {})
  })

  it('lists several places', () => {
    const differences = [
      { path: 'args[0]', before: 1, after: 'x'.repeat(100) },
      { path: 'args[1]', before: undefined, after: [1] },
      { path: 'args[2]', before: 3, after: undefined },
    ]
    const { sentence, lines } = storyOf(
      miss('absent'),
      evidenceOf({ nearest: { args: [1], differences }, parameters: ['a', undefined] }),
    )
    assert.match(
      sentence!,
      /^The nearest kept call has another args\[0\] \(a\): 1 → 'x{59}…, and 2 more places\.$/,
    )
    assert.deepEqual(lines?.slice(1), ['  args[1]: nothing → [ 1 ]', '  args[2]: 3 → nothing'])
  })

  it('tells what in the code changed, by what is kept of the code of then', () => {
    const entry = entryOf(1, { codeVersion: 'old...', values: '5' })
    const before = [functionPart('area', 'old'), valuePart('area > RATE', '1')]
    const program = programOf([functionPart('area', 'new'), valuePart('area > RATE', '6')])
    const manifest = { parts: before, writtenAtMs: 0, isWhole: true }
    const story = storyOf(miss('code-changed', entry), evidenceOf({ program, manifest }))
    assert.equal(story.phrase, 'area was edited, and 1 other change')
    // The entry's own value, and not that of the first result of that code.
    assert.equal(story.lines?.at(-1), '  area > RATE: 5 → 6')
    assert.deepEqual(
      story.details?.changes?.map(({ kind }) => kind),
      ['function', 'value'],
    )
    assert.deepEqual(storyOf(miss('code-changed', entry), evidenceOf({ program })), {})
    assert.deepEqual(storyOf(miss('code-changed', entry), evidenceOf({ manifest })), {})
    assert.deepEqual(storyOf(miss('code-changed'), evidenceOf({ manifest, program })), {})
  })

  it('tells which captured values changed where the code did not', () => {
    const entry = entryOf(1, { values: '5 s3:a' })
    const program = programOf([
      functionPart('area', 'a'),
      valuePart('area > RATE', '5'),
      valuePart('area > NAME', 's4:b'),
    ])
    const verdict = { ...miss('code-changed', entry), changedValues: [1] }
    assert.equal(
      storyOf(verdict, evidenceOf({ program })).phrase,
      'area > NAME: a string of 3 characters → a string of 4 characters',
    )
  })

  it('tells by which rule something expired', () => {
    const entry = entryOf(1, { createdAtMs: AT, expiresAtMs: AT + 2_000 })
    assert.deepEqual(storyOf(miss('expired', entry), evidenceOf({ ttlMs: 5_000 })), {
      sentence: 'It expired on 2024-01-02 03:04:07.',
      details: { expiredBy: 'kept' },
    })
    assert.deepEqual(storyOf(miss('expired', entry), evidenceOf({ ttlMs: 1_000 })), {
      sentence: 'With the ttl of now, 1.0 s, it expired on 2024-01-02 03:04:06.',
      details: { expiredBy: 'ttl', expiresAtMs: AT + 1_000 },
    })
    assert.match(storyOf(miss('expired', entryOf(1)), evidenceOf()).sentence!, /a clock was wrong/)
  })

  it('tells which dependency changed', () => {
    const story = (kind: 'key' | 'keys' | 'everything' | 'function', place: string) =>
      storyOf({ ...miss('dependency-changed'), dependency: { kind, place, text: 'data' } }, evidenceOf())
    assert.deepEqual(story('key', ''), {
      sentence: 'It was made of the value of data.',
      details: { dependency: 'data' },
    })
    assert.equal(story('function', '.').sentence, 'It was made of what data gives.')
    assert.equal(story('keys', '/other').sentence, 'It was made of the list of keys in /other.')
    assert.equal(story('everything', '').sentence, 'It was made of all keys and values.')
    assert.match(storyOf(miss('dependency-changed'), evidenceOf()).sentence!, /option deps/)
  })

  it('tells the rest', () => {
    assert.deepEqual(storyOf({ ...miss('evicted'), evictedAtMs: AT }, evidenceOf()), {
      sentence: 'That was on 2024-01-02 03:04:05.',
      details: { evictedAtMs: AT },
    })
    assert.match(
      storyOf(miss('corrupt'), evidenceOf()).sentence!,
      /entry c:area:1 in \/c .* computes it again/,
    )
    assert.match(
      storyOf(miss('another-function', entryOf(1, { name: 'other' })), evidenceOf()).sentence!,
      /called other/,
    )
    assert.match(
      storyOf(miss('rejected', entryOf(1, { status: 'error' })), evidenceOf()).sentence!,
      /`errors`/,
    )
    assert.equal(storyOf({ ...miss('unkeyable'), refusal: 'No.' }, evidenceOf()).sentence, 'No.')
    for (const because of [
      'evicted',
      'another-function',
      'rejected',
      'unkeyable',
      'not-readable',
      'version-changed',
      'expired',
    ] as const)
      assert.deepEqual(storyOf(miss(because), evidenceOf()), {})
  })
})
