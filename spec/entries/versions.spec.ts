import assert from 'node:assert/strict'
import { decode } from 'cachedict'
import { decodeEntry, type Entry, type EntryHead } from '../../lib/entries/entry.ts'
import { isOfEntries } from '../../lib/entries/entry-key.ts'
import { noteKeyOf, noteOf } from '../../lib/entries/eviction/note.ts'
import { readTurnover, turnoverKeyOf } from '../../lib/entries/turnover.ts'
import {
  codeVersionOfOlder,
  headKeyOf,
  type KeepOptions,
  keepRequest,
  removeRequest,
} from '../../lib/entries/versions.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { entryOf, keepingOf } from '../support/entries.ts'

const HEAD = 'd"key'

class Shelf {
  readonly store = new MemoryStore()

  keep(entry: Entry, options: Partial<KeepOptions> & { at?: string } = {}): void {
    const { at = HEAD, ...more } = options
    this.store.writeSync(keepRequest(at, entry, keepingOf(more)))
  }

  /** What each version holds, the last written one first, then the older ones from the newest on. */
  values(headKey = HEAD): unknown[] {
    const head = this.entry(headKey)
    if (head === undefined) return []
    return [head, ...[...head.older].reverse().map(key => this.entry(key)!)].map(({ value }) => decode(value))
  }

  entry(key: string): Entry | undefined {
    const frame = this.store.get(key)
    return frame === undefined ? undefined : decodeEntry(frame, key)
  }

  keys(): string[] {
    return [...this.store.entries()].map(([key]) => key)
  }

  remove(isMeant: (entry: EntryHead | undefined) => boolean): number {
    let count = -1
    const older = this.keys().filter(key => key !== HEAD)
    const removed = (more: number) => {
      count = more
    }
    this.store.writeSync(removeRequest([HEAD], older, { isMeant, removed, standing: () => ({}) }))
    return count
  }
}

const by = (code: string) => ({ codeVersion: `${code}...` })

describe('keepRequest', () => {
  it('leaves alone what was written under the key since the evaluation began', () => {
    const shelf = new Shelf()
    const decisions: boolean[] = []
    const decided = (isKept: boolean) => decisions.push(isKept)
    shelf.keep(entryOf('newer', { createdAtMs: 2_000 }))
    shelf.keep(entryOf('late', { createdAtMs: 3_000 }), { begunAtMs: 1_000, decided })
    assert.deepEqual([shelf.values(), decisions], [['newer'], [false]])
    shelf.keep(entryOf('newest', { createdAtMs: 3_000 }), { begunAtMs: 2_000, decided })
    assert.deepEqual([shelf.values(), decisions], [['newest'], [false, true]])
  })

  it('replaces what was written since then by an evaluation that began before', () => {
    const shelf = new Shelf()
    shelf.keep(entryOf('of old', { createdAtMs: 2_000, costMs: 1_500 }))
    shelf.keep(entryOf('refreshed', { createdAtMs: 3_000, costMs: 2_000 }), { begunAtMs: 1_000 })
    assert.deepEqual(shelf.values(), ['refreshed'])
  })

  it('takes no account of other code, of other functions, and of times in the future', () => {
    for (const other of [{ codeVersion: 'two...' }, { name: 'other' }, { createdAtMs: 9_000 }]) {
      const shelf = new Shelf()
      shelf.keep(entryOf('there', { createdAtMs: 2_000, ...other }))
      shelf.keep(entryOf('late', { createdAtMs: 3_000 }), { begunAtMs: 1_000 })
      assert.equal(shelf.values()[0], 'late')
    }
  })

  it('never puts an evaluation over what a block has set since it began', () => {
    const shelf = new Shelf()
    shelf.keep(entryOf('set', { createdAtMs: 2_000, name: '', codeVersion: '' }))
    shelf.keep(entryOf('late', { createdAtMs: 3_000 }), { begunAtMs: 1_000 })
    assert.deepEqual(shelf.values(), ['set'])
  })

  it('moves a large value beside the new one without a change', () => {
    const shelf = new Shelf()
    const large = new Uint8Array(50_000).fill(7)
    shelf.keep(entryOf(large, by('a')))
    shelf.keep(entryOf('small', by('b')))
    shelf.keep(entryOf(large.slice(1), by('c')))
    assert.deepEqual(shelf.values(), [large.slice(1), 'small', large])
  })

  it('replaces what the same code made', () => {
    const shelf = new Shelf()
    shelf.keep(entryOf(1))
    shelf.keep(entryOf(2))
    assert.deepEqual(shelf.values(), [2])
    assert.deepEqual(
      shelf.keys().filter(key => isOfEntries(key)),
      [HEAD],
    )
  })

  it('notes when a result became another one, and not when it stayed the same', () => {
    const shelf = new Shelf()
    const turnover = () => readTurnover(shelf.store.get(turnoverKeyOf('load')), 'load')
    const keep = (value: unknown, createdAtMs: number, more = {}) =>
      shelf.keep(entryOf(value, { name: 'load', createdAtMs, ...more }))
    keep('a', 1_000)
    keep('a', 2_000)
    assert.equal(turnover(), undefined)
    keep('b', 3_000)
    assert.equal(turnover(), 3_000)
    keep('c', 4_000, by('other'))
    assert.equal(turnover(), 3_000)
    keep('c', 5_000, { ...by('other'), status: 'error' })
    assert.equal(turnover(), 5_000)
  })

  it('keeps the result of other code beside the new one, one for each code', () => {
    const shelf = new Shelf()
    for (const [value, code] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'a'],
      [4, 'b'],
      [5, 'c'],
    ] as const)
      shelf.keep(entryOf(value, by(code)))
    assert.deepEqual(shelf.values(), [5, 4, 3])
    assert.equal(shelf.keys().length, 3)
  })

  it("keeps another function's result beside the new one", () => {
    const shelf = new Shelf()
    shelf.keep(entryOf(1, { name: 'volume', ...by('volume') }))
    shelf.keep(entryOf(2))
    assert.deepEqual(shelf.values(), [2, 1])
  })

  it('replaces what a block set', () => {
    const shelf = new Shelf()
    shelf.keep(entryOf(1, { name: '', codeVersion: '' }))
    shelf.keep(entryOf(2))
    assert.deepEqual(shelf.values(), [2])
  })

  it('keeps all with a history, also two of the same millisecond', () => {
    const shelf = new Shelf()
    for (const value of [1, 2, 3]) shelf.keep(entryOf(value), { history: true })
    assert.deepEqual(shelf.values(), [3, 2, 1])
  })

  it('bounds how many versions of other code there are', () => {
    const shelf = new Shelf()
    for (let code = 0; code < 50; code += 1)
      shelf.keep(entryOf(code, { ...by(`c${code}`), createdAtMs: code }))
    assert.equal(shelf.keys().length, 33)
    assert.deepEqual(shelf.values().slice(0, 2), [49, 48])
  })

  it('removes all else where one entry is to be alone', () => {
    const shelf = new Shelf()
    shelf.keep(entryOf(1), { at: 'd"other' })
    shelf.keep(entryOf(2, by('a')))
    shelf.keep(entryOf(3, by('b')), { alone: true })
    assert.deepEqual(shelf.keys(), [HEAD])
    assert.deepEqual(shelf.values(), [3])
  })

  it('writes over a damaged entry', () => {
    const shelf = new Shelf()
    shelf.store.writeSync({
      reads: [],
      durable: false,
      plan: () => [{ key: HEAD, bytes: new Uint8Array(9) }],
    })
    shelf.keep(entryOf(2))
    assert.deepEqual(shelf.values(), [2])
  })
})

describe('removeRequest', () => {
  function threeVersions(): Shelf {
    const shelf = new Shelf()
    for (const [value, code] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ] as const)
      shelf.keep(entryOf(value, by(code)))
    return shelf
  }

  it('removes every version that is meant, and counts them', () => {
    const shelf = threeVersions()
    assert.equal(
      shelf.remove(() => true),
      3,
    )
    assert.deepEqual(shelf.keys(), [])
  })

  it('brings the newest version that is left to the front', () => {
    const shelf = threeVersions()
    assert.equal(
      shelf.remove(entry => entry?.codeVersion === 'c...'),
      1,
    )
    assert.deepEqual(shelf.values(), [2, 1])
    assert.equal(shelf.keys().length, 2)
  })

  it('leaves the last written one where only an older one is meant', () => {
    const shelf = threeVersions()
    assert.equal(
      shelf.remove(entry => entry?.codeVersion === 'a...'),
      1,
    )
    assert.deepEqual(shelf.values(), [3, 2])
  })

  it('writes nothing where nothing is meant', () => {
    const shelf = threeVersions()
    assert.equal(
      shelf.remove(() => false),
      0,
    )
    assert.deepEqual(shelf.values(), [3, 2, 1])
  })
})

describe('the note that a key was evicted', () => {
  it('goes when something is kept under that key again, and stays for another key of its slot', () => {
    const shelf = new Shelf()
    const noteAs = (key: string) =>
      shelf.store.writeSync({
        reads: [],
        plan: () => [{ ...noteOf(key, 5), key: noteKeyOf(HEAD) }],
        durable: false,
      })
    noteAs('d"another')
    shelf.keep(entryOf(1))
    assert.ok(shelf.store.get(noteKeyOf(HEAD)))
    noteAs(HEAD)
    shelf.keep(entryOf(2))
    assert.equal(shelf.store.get(noteKeyOf(HEAD)), undefined)
  })
})

describe('keys of older versions', () => {
  it('tell the head key and the code version', () => {
    const shelf = new Shelf()
    shelf.keep(entryOf(1, { codeVersion: 'c.v.d' }))
    shelf.keep(entryOf(2))
    const older = shelf.entry(HEAD)!.older[0]!
    assert.equal(headKeyOf(older), HEAD)
    assert.equal(headKeyOf(HEAD), HEAD)
    assert.equal(codeVersionOfOlder(older), 'c.v.d')
  })
})
