import assert from 'node:assert/strict'
import { renderLoss, Worth } from '../../lib/events/worth.ts'

describe('Worth', () => {
  const losses = (hits: number, savedMs: number, overheadMs: number, worth = new Worth()) =>
    Array.from({ length: hits }, () => worth.add(savedMs, overheadMs)).filter(loss => loss !== undefined)

  it('tells once of hits that cost more than twice what they save', () => {
    const [loss, ...more] = losses(5_000, 0.001, 0.2)
    assert.equal(more.length, 0)
    assert.equal(loss?.hits, 1_000)
    assert.match(
      renderLoss('area', loss!),
      /^Caching area costs more than it saves: 1,000 hits saved 1 ms, and caching took 200 ms\. Decorate/,
    )
    assert.match(renderLoss('', loss!), /^Caching a function costs/)
  })

  it('waits for many hits and some time, so that nobody hears of chance', () => {
    assert.deepEqual(losses(999, 0, 1), [])
    assert.deepEqual(losses(9_000, 0, 0.01), [])
    assert.equal(losses(11_000, 0, 0.01).length, 1)
  })

  it('is silent where hits save at least half of what they cost', () => {
    assert.deepEqual(losses(5_000, 0.1, 0.2), [])
    assert.deepEqual(losses(5_000, 100, 2), [])
  })

  it('is silent where a few hits took long, and most did not', () => {
    const worth = new Worth()
    assert.deepEqual(losses(2_000, 0.1, 0.01, worth), [])
    assert.deepEqual(losses(1, 0.1, 60_000, worth), [])
  })
})
