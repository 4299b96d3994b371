import assert from 'node:assert/strict'
import { type Evidence, evidenceFor, type Inquiry } from '../../../lib/cache/why/evidence.ts'
import { encodeManifest } from '../../../lib/entries/manifest/manifest.ts'
import { miss } from '../../../lib/entries/verdict.ts'
import { entryOf } from '../../support/entries.ts'
import { programOf } from '../../support/evidence.ts'
import { functionPart, valuePart } from '../../support/parts.ts'

const never = () => assert.fail('it was asked for')

function inquiryOf(more: Partial<Inquiry> = {}): Inquiry {
  return {
    call: 'area(1)',
    place: '/c',
    storeKey: 'c:area:1',
    settings: { ttlMs: 5, errorTtlMs: 6 },
    root: "'rows'",
    read: never,
    fn: undefined,
    program: undefined,
    args: [],
    first: 'args[0]',
    keptArguments: never,
    ...more,
  }
}

describe('evidenceFor', () => {
  it('reads what the code was made of that gave what is kept, where the code changed', async () => {
    const asked: string[] = []
    const parts = [functionPart('the function', 'old')]
    const read = async (key: string) => {
      asked.push(key)
      return encodeManifest(parts, 3, key)
    }
    const verdict = miss('code-changed', entryOf(1, { name: 'area', codeVersion: 'old...' }))
    const { manifest } = await evidenceFor(verdict, inquiryOf({ read }))
    assert.deepEqual(asked, ['m:area:old'])
    assert.deepEqual(manifest, { parts: [{ ...parts[0], path: "'rows'" }], writtenAtMs: 3, isWhole: true })
  })

  it('reads nothing where only captured values changed, or something else, or of a hit', () => {
    const entry = entryOf(1)
    for (const verdict of [
      { ...miss('code-changed', entry), changedValues: [0] },
      miss('expired', entry),
      { hit: true, entry } as const,
    ])
      assert.equal((evidenceFor(verdict, inquiryOf()) as Evidence).manifest, undefined)
  })

  it('looks for the nearest call of what is absent, and for the names of the parameters', () => {
    function load(year: number, { kind }: { kind: string }): unknown {
      return [year, kind]
    }
    const inquiry = inquiryOf({ args: [2025], keptArguments: () => [[2024]], fn: load })
    const { nearest, parameters } = evidenceFor(miss('absent'), inquiry) as Evidence
    assert.deepEqual(nearest, { args: [2024], differences: [{ path: 'args[0]', before: 2024, after: 2025 }] })
    assert.deepEqual(parameters, ['year', undefined])
    const native = evidenceFor(miss('absent'), { ...inquiry, fn: Math.max }) as Evidence
    assert.deepEqual(native.parameters, [])
    assert.equal((evidenceFor(miss('absent'), inquiryOf()) as Evidence).nearest, undefined)
  })

  it('calls a function without a name by its key', () => {
    const program = programOf([valuePart('the function > RATE', '5')], {
      findings: [{ kind: 'clock', path: 'the function > Date.now' }],
    })
    const evidence = evidenceFor(miss('not-readable'), inquiryOf({ program })) as Evidence
    assert.deepEqual(evidence.program?.parts(), [valuePart("'rows' > RATE", '5')])
    assert.deepEqual(evidence.program?.findings, [{ kind: 'clock', path: "'rows' > Date.now" }])
  })

  it('goes by the time to live of errors where an error is kept', () => {
    const ttlOf = (status: 'value' | 'error') =>
      (evidenceFor(miss('expired', entryOf(1, { status })), inquiryOf()) as Evidence).ttlMs
    assert.deepEqual([ttlOf('value'), ttlOf('error')], [5, 6])
  })
})
