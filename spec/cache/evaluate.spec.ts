import assert from 'node:assert/strict'
import { evaluate, reportMiss } from '../../lib/cache/evaluate.ts'
import type { MissedCall } from '../../lib/cache/missed-call.ts'
import { storeShelf } from '../../lib/cache/store-shelf.ts'
import { miss as missBecause } from '../../lib/entries/verdict.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { callOf } from '../support/calls.ts'

function missOf(fn: () => unknown, told: string[], strict = false): MissedCall {
  const store = new MemoryStore()
  const shelf = storeShelf(store, { report: type => told.push(type) })
  const call = callOf({ evaluate: fn, fn }, { strict })
  const access = { read: true, evaluate: true, write: true }
  return {
    shelf,
    call,
    access,
    verdict: missBecause('absent'),
    keeps: true,
    maker: 'm',
    id: 'i',
    inside: [],
    startedMs: performance.now(),
  }
}

describe('evaluate', () => {
  it('lets go of the lease when the result is kept, or failed', async () => {
    const seen: unknown[] = []
    const run = async (fn: () => unknown, strict = false) => {
      const told: string[] = []
      try {
        await evaluate(missOf(fn, told, strict), () => told.push('release'))
      } catch {
        told.push('threw')
      }
      seen.push(told.join(' '))
    }
    await run(() => 1)
    await run(async () => 1)
    await run(() => assert.fail('mine'))
    await run(async () => assert.fail('mine'))
    await run(() => () => {}, true)
    assert.deepEqual(seen, [
      'miss evaluated kept release',
      'miss evaluated kept release',
      'miss evaluated release threw',
      'miss evaluated release',
      'miss evaluated release threw',
    ])
  })
})

describe('reportMiss', () => {
  it('tells of damage besides', () => {
    const told: string[] = []
    const miss = missOf(() => 1, told)
    reportMiss({ ...miss, verdict: missBecause('corrupt') })
    assert.deepEqual(told, ['miss', 'damaged'])
  })
})
