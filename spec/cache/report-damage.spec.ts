import assert from 'node:assert/strict'
import { reportDamage } from '../../lib/cache/report-damage.ts'
import { storeShelf } from '../../lib/cache/store-shelf.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { callOf } from '../support/calls.ts'
import { seenEvents } from '../support/seen-events.ts'
import { seenWarnings } from '../support/warnings.ts'

describe('reportDamage', () => {
  const seen = seenEvents()
  const warnings = seenWarnings()

  it('sends an event each time, and warns once for each place', () => {
    const shelf = { ...storeShelf(new MemoryStore()), place: 'report-damage.spec' }
    for (const storeKey of ['d"a', 'd"b']) reportDamage(shelf, callOf({ storeKey }))
    assert.equal(seen.of('damaged').length, 2)
    assert.deepEqual(
      warnings().map(({ type }) => type),
      ['CacheWarning'],
    )
    assert.match(warnings()[0]!.message, /area\(\) in report-damage\.spec is damaged/)
  })
})
