import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { type CacheEventMap, events } from 'cachedict'
import { emit } from '../../lib/events/events.ts'
import { seenWarnings } from '../support/warnings.ts'

const MISS: CacheEventMap['miss'] = { name: 'area', key: 'k', because: 'absent' }

describe('events', () => {
  const warnings = seenWarnings()

  it('reach every listener of their type at once, in the order in which they came, until it leaves', () => {
    const seen: string[] = []
    const first = (event: CacheEventMap['miss']) => seen.push(`first ${event.because}`)
    events.on('miss', first)
    const leave = events.on('miss', () => seen.push('second'))
    const leaveHits = events.on('hit', () => seen.push('hit'))
    emit('miss', MISS)
    assert.deepEqual(seen, ['first absent', 'second'])
    events.off('miss', first)
    leave()
    leave()
    leaveHits()
    emit('miss', MISS)
    assert.equal(seen.length, 2)
  })

  it('survive a listener that throws: the others are told, and a warning says so', () => {
    let told = 0
    const leave = [
      events.on('miss', () => {
        throw new Error('mine')
      }),
      events.on('miss', () => (told += 1)),
    ]
    emit('miss', MISS)
    for (const end of leave) end()
    assert.equal(told, 1)
    assert.deepEqual(
      warnings().map(({ type }) => type),
      ['CacheWarning'],
    )
    assert.match(warnings()[0]!.message, /"miss".*mine/)
  })

  it('let a listener leave while it is told', () => {
    let told = 0
    const leave = events.on('miss', () => {
      told += 1
      leave()
    })
    emit('miss', MISS)
    emit('miss', MISS)
    assert.equal(told, 1)
  })

  it('are published on diagnostics_channel', () => {
    const seen: unknown[] = []
    const listen = (message: unknown) => seen.push(message)
    channel('cachedict:miss').subscribe(listen)
    emit('miss', MISS)
    channel('cachedict:miss').unsubscribe(listen)
    emit('miss', MISS)
    assert.deepEqual(seen, [MISS])
  })

  it('refuse a type that is not there', () => {
    assert.throws(() => events.on('hits' as 'hit', () => {}), {
      name: 'TypeError',
      message: /"hits".*hit, miss/,
    })
  })
})
