import assert from 'node:assert/strict'
import { encode } from 'cachedict'
import { decodeHead, encodeEntry } from '../../../lib/entries/entry.ts'
import { Dropped, isHeadKey, tracesOf } from '../../../lib/entries/eviction/dropped.ts'
import { noteOf } from '../../../lib/entries/eviction/note.ts'
import { entryOf } from '../../support/entries.ts'
import { seenEvents } from '../../support/seen-events.ts'

describe('Dropped', () => {
  const seen = seenEvents()
  const headAt = (key: string, older: readonly string[] = []) =>
    decodeHead(encodeEntry(entryOf([1, 2], { older }), key), key)

  it('tells of each entry when it is gone: whose it was, its key, and the size of its value', () => {
    const dropped = new Dropped()
    dropped.add('c:area:00ff', headAt('c:area:00ff'))
    dropped.add('ac:area:00ff\none..\nrs', headAt('ac:area:00ff\none..\nrs'))
    dropped.add('c:area:bad', undefined)
    assert.deepEqual(seen.types(), [])
    dropped.tell()
    const event = { name: 'area', key: '00ff', sizeBytes: encode([1, 2]).byteLength }
    assert.deepEqual(seen.of('evicted'), [event, event])
  })

  it('tells nothing of a plan that was asked again', () => {
    const dropped = new Dropped()
    dropped.add('c:area:00ff', headAt('c:area:00ff'))
    dropped.clear()
    dropped.tell()
    assert.deepEqual(seen.types(), [])
  })
})

describe('tracesOf', () => {
  it('leaves a note of the last written version, and takes the earlier ones along', () => {
    const older = ['ad#1\none..\nrs']
    const { note, older: gone } = tracesOf('d#1', entryOf(1, { older }), 5)
    assert.deepEqual([note, gone], [noteOf('d#1', 5), older])
    assert.deepEqual(tracesOf('d#1', undefined, 5), { note: noteOf('d#1', 5), older: [] })
  })

  it('leaves nothing of an earlier version', () => {
    assert.deepEqual(tracesOf('ad#1\none..\nrs', entryOf(1), 5), { note: undefined, older: [] })
    assert.deepEqual([isHeadKey('d#1'), isHeadKey('ad#1\none..\nrs')], [true, false])
  })
})
