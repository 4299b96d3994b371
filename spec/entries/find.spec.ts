import assert from 'node:assert/strict'
import { type Entry, encodeEntry } from '../../lib/entries/entry.ts'
import { noteKeyOf, noteOf } from '../../lib/entries/eviction/note.ts'
import { find } from '../../lib/entries/find.ts'
import type { Asked } from '../../lib/entries/verdict.ts'
import { entryOf, framesOf, NOWHERE, useOf, versionOfCode, viewOf } from '../support/entries.ts'

const HEAD = 'd"key'
const OLD = `a${HEAD}\none...\nrs`
const OLDER = `a${HEAD}\none...\nab`
const asked: Asked = {
  name: 'area',
  code: versionOfCode('one'),
  nowMs: 2_000,
  ttlMs: undefined,
  errorTtlMs: undefined,
  errors: false,
}

function findIn(entries: Readonly<Record<string, Entry>>, around = NOWHERE) {
  const frames = framesOf(entries)
  return find(key => frames.get(key), HEAD, asked, around)
}

describe('find', () => {
  it('is absent where nothing lies', () => {
    assert.deepEqual(findIn({}), { hit: false, because: 'absent' })
  })

  it('is evicted where a note says so of that very key, and when', () => {
    const noted = (key: string) => {
      const frames = new Map([[noteKeyOf(HEAD), noteOf(key, 77).bytes!]])
      return find(storeKey => frames.get(storeKey), HEAD, asked, NOWHERE)
    }
    assert.deepEqual(noted(HEAD), { hit: false, because: 'evicted', evictedAtMs: 77 })
    assert.deepEqual(noted('d"another'), { hit: false, because: 'absent' })
  })

  it('does not look for a note where something lies', () => {
    const read: string[] = []
    find(
      key => {
        read.push(key)
        return encodeEntry(entryOf(1), HEAD)
      },
      HEAD,
      asked,
      NOWHERE,
    )
    assert.deepEqual(read, [HEAD])
  })

  it('hits on what was written last', () => {
    assert.equal(
      findIn({ [HEAD]: entryOf(1) }) && (findIn({ [HEAD]: entryOf(1) }) as { hit: boolean }).hit,
      true,
    )
  })

  it('goes back to the newest earlier version that the asked code made', () => {
    const entries = {
      [HEAD]: entryOf(3, { codeVersion: 'two...', older: [OLDER, OLD] }),
      [OLD]: entryOf(2, { costMs: 22 }),
      [OLDER]: entryOf(1, { costMs: 11 }),
    }
    const verdict = findIn(entries) as { hit: boolean; entry: Entry }
    assert.equal(verdict.hit, true)
    assert.equal(verdict.entry.costMs, 22)
    const afterwards = findIn({ ...entries, [OLD]: entryOf(2, { expiresAtMs: 0 }) }) as { entry: Entry }
    assert.equal(afterwards.entry.costMs, 11)
  })

  it('names the reason of the last written one where no earlier version serves', () => {
    const entries = {
      [HEAD]: entryOf(3, { codeVersion: 'two...', older: [OLD] }),
      [OLD]: entryOf(2, { expiresAtMs: 0 }),
    }
    const verdict = findIn(entries) as { hit: boolean; because: string }
    assert.deepEqual([verdict.hit, verdict.because], [false, 'code-changed'])
  })

  it('does not go back behind an expired one of the same code', () => {
    const entries = { [HEAD]: entryOf(3, { expiresAtMs: 5, older: [OLD] }), [OLD]: entryOf(2) }
    assert.equal((findIn(entries) as { because: string }).because, 'expired')
  })

  it('passes over an earlier version that was made of something that has changed', () => {
    const madeOf = { uses: [useOf({ digest: 'then' })], calls: [] }
    const entries = {
      [HEAD]: entryOf(3, { codeVersion: 'two...', older: [OLDER, OLD] }),
      [OLD]: entryOf(2, { madeOf }),
      [OLDER]: entryOf(1, { costMs: 11 }),
    }
    const verdict = findIn(entries, { ...NOWHERE, viewsAt: () => [viewOf({})] }) as { entry: Entry }
    assert.equal(verdict.entry.costMs, 11)
  })

  it('passes over an earlier version that is damaged or gone', () => {
    const entries = {
      [HEAD]: entryOf(3, { codeVersion: 'two...', older: [OLDER, OLD] }),
      [OLDER]: entryOf(1),
    }
    assert.equal((findIn(entries) as { hit: boolean }).hit, true)
  })

  it('calls what is damaged, or forged under this key, corrupt', () => {
    const forged = encodeEntry(entryOf(1), 'd"other')
    assert.deepEqual(
      find(() => forged, HEAD, asked, NOWHERE),
      { hit: false, because: 'corrupt' },
    )
  })

  it('works over a store that answers later', async () => {
    const frames = framesOf({
      [HEAD]: entryOf(3, { codeVersion: 'two...', older: [OLD] }),
      [OLD]: entryOf(2),
    })
    const verdict = await find(async key => frames.get(key), HEAD, asked, NOWHERE)
    assert.equal(verdict.hit, true)
  })
})
