import assert from 'node:assert/strict'
import { MemoryStore } from 'cachedict'
import { DictUses } from '../../lib/cache/dict-uses.ts'
import { newEvaluation, runTracked } from '../../lib/cache/evaluation.ts'
import { openSession } from '../../lib/cache/session.ts'
import { userKeyOf } from '../../lib/entries/entry-key.ts'
import { entryOf } from '../support/entries.ts'

describe('DictUses', () => {
  const usesIn = async (body: (uses: DictUses) => void) => {
    const session = await openSession(new MemoryStore(), 'rew', {})
    const evaluation = newEvaluation(session.store, 'result', {
      own: { placeId: 'elsewhere', view: undefined },
      storeKey: 'result',
    })
    runTracked(evaluation, () => body(new DictUses(session)))
    await session.close()
    return evaluation
  }
  const what = ({ reads }: Awaited<ReturnType<typeof usesIn>>) =>
    reads.madeOf().uses.map(use => [use.what, use.key, use.label])

  it('tells what an evaluation sees of a dictionary', async () => {
    const key = { year: 2024 }
    const evaluation = await usesIn(uses => {
      uses.value('a', userKeyOf('a'), undefined)
      uses.presence(key, userKeyOf(key), false)
      uses.listing('keys')
    })
    assert.deepEqual(what(evaluation), [
      ['value', userKeyOf('a'), ''],
      ['presence', userKeyOf(key), '{ year: 2024 }'],
      ['keys', '', ''],
    ])
  })

  it('tells when a value that it sees expires', async () => {
    const entry = entryOf('rows', { expiresAtMs: 5_000 })
    const { expiresAtMs } = await usesIn(uses => uses.value('a', userKeyOf('a'), entry))
    assert.equal(expiresAtMs, 5_000)
  })

  it('leaves out what the evaluation has put there itself', async () => {
    const evaluation = await usesIn(uses => {
      uses.write(userKeyOf('a'))
      uses.value('a', userKeyOf('a'), entryOf('rows'))
      uses.value('b', userKeyOf('b'), undefined)
    })
    assert.deepEqual(
      what(evaluation).map(([, key]) => key),
      [userKeyOf('b')],
    )
  })

  it('tells nobody where nothing is being evaluated', async () => {
    const session = await openSession(new MemoryStore(), 'rew', {})
    const uses = new DictUses(session)
    const evaluation = newEvaluation(session.store, 'later', {
      own: { placeId: 'elsewhere', view: undefined },
      storeKey: 'later',
    })
    uses.value('a', userKeyOf('a'), undefined)
    uses.listing('everything')
    assert.deepEqual(evaluation.reads.madeOf().uses, [])
    await session.close()
  })
})
