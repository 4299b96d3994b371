import assert from 'node:assert/strict'
import { InFlight } from '../../../lib/entries/eviction/in-flight.ts'

const BOUNDS = { bytes: 800, entries: Number.POSITIVE_INFINITY }

describe('InFlight', () => {
  const rounds = async () => {
    for (let n = 0; n < 10; n += 1) await undefined
  }

  /** Writes that end when they are told. */
  const writes = () => {
    const flight = new InFlight()
    const started: string[] = []
    const ends = new Map<string, () => void>()
    const start = (name: string, bytes: number, bounds = BOUNDS) =>
      flight.inTurn(bytes, bounds, () => {
        started.push(name)
        return new Promise<string>(resolve => ends.set(name, () => resolve(name)))
      })
    return { flight, started, start, end: (name: string) => ends.get(name)!() }
  }

  it('counts what is written until it is, or could not be', async () => {
    const flight = new InFlight()
    const done = flight.now(5, async () => flight.usage)
    assert.deepEqual(flight.usage, { bytes: 5, entries: 1 })
    assert.deepEqual(await done, { bytes: 5, entries: 1 })
    assert.deepEqual(flight.usage, { bytes: 0, entries: 0 })
    const failing = () => {
      throw new Error('disk')
    }
    assert.throws(() => flight.now(5, failing), /disk/)
    await assert.rejects(async () => flight.now(5, async () => failing()), /disk/)
    assert.equal(
      flight.now(5, () => 'at once'),
      'at once',
    )
    assert.deepEqual(flight.usage, { bytes: 0, entries: 0 })
  })

  it('lets an eighth of the bound on its way at once, and more in the order of the calls', async () => {
    const { flight, started, start, end } = writes()
    const all = [start('a', 60), start('b', 40), start('c', 100), start('d', 1), start('e', 1)]
    await rounds()
    assert.deepEqual(started, ['a', 'b'])
    end('a')
    await rounds()
    assert.deepEqual(started, ['a', 'b'])
    end('b')
    await rounds()
    assert.deepEqual(started, ['a', 'b', 'c'])
    end('c')
    await rounds()
    assert.deepEqual(started, ['a', 'b', 'c', 'd', 'e'])
    end('d')
    end('e')
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd', 'e'])
    assert.deepEqual(flight.usage, { bytes: 0, entries: 0 })
    void start('at once', 1)
    assert.equal(started.at(-1), 'at once')
  })

  it('lets one go alone that is larger than that', async () => {
    const { started, start, end } = writes()
    const all = [start('a', 700), start('b', 700)]
    await rounds()
    assert.deepEqual(started, ['a'])
    end('a')
    await rounds()
    assert.deepEqual(started, ['a', 'b'])
    end('b')
    await Promise.all(all)
  })

  it('goes on after one that failed, and counts entries as it does bytes', async () => {
    const flight = new InFlight()
    const bounds = { bytes: Number.POSITIVE_INFINITY, entries: 10 }
    const failed = flight.inTurn(1, bounds, () => Promise.reject(new Error('disk')))
    const second = flight.inTurn(1, bounds, async () => flight.usage.entries)
    const throwing = flight.inTurn(1, bounds, () => {
      throw new Error('at once')
    })
    const last = flight.inTurn(1, bounds, async () => flight.usage.entries)
    await assert.rejects(async () => failed, /disk/)
    await assert.rejects(async () => throwing, /at once/)
    assert.deepEqual(await Promise.all([second, last]), [1, 1])
  })
})
