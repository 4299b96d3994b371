import assert from 'node:assert/strict'
import { readFileSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { encodeHeader, newId } from '../../../lib/files/file-header.ts'
import type { LogItem } from '../../../lib/files/log.ts'
import { LogFile } from '../../../lib/files/log-file.ts'
import { keyHash } from '../../../lib/files/record.ts'
import { writeDictionary } from '../../../lib/stores/file/dictionary-file.ts'
import { FileView, journalPath } from '../../../lib/stores/file/file-view.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

type Texts = Readonly<Record<string, string>>

describe('FileView', () => {
  const at = temporaryFolder()
  const opened: { close(): void }[] = []
  const kept = <T extends { close(): void }>(it: T): T => {
    opened.push(it)
    return it
  }
  const write = (texts: Texts) => {
    const records = Object.entries(texts).map(([key, text]) => ({ key, body: Buffer.from(text) }))
    writeDictionary(at('a'), records)
  }
  const open = () => kept(FileView.open(at('a')))
  const journalOf = (view: FileView) =>
    kept(LogFile.create(journalPath(at('a')), 'journal', view.dictionary.id!))
  const change = (key: string, text?: string) => ({
    key,
    bytes: text === undefined ? undefined : Buffer.from(text),
  })
  afterEach(() => {
    for (const each of opened.splice(0)) each.close()
  })

  it('shows the dictionary, and over it what the journal says, in the order of first writing', () => {
    write({ a: '1', b: '2', c: '3' })
    journalOf(open()).append([change('d', '4'), change('b', 'new'), change('a')])
    const view = open()
    assert.deepEqual(content(view), [
      ['b', 'new'],
      ['c', '3'],
      ['d', '4'],
    ])
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e'].map(key => text(view.get(key))),
      [undefined, 'new', '3', '4', undefined],
    )
    assert.deepEqual(
      Array.from(view.entries('d'), ([key]) => key),
      ['d'],
    )
  })

  it('lists a key last that was deleted and written again', () => {
    write({ a: '1', b: '2' })
    journalOf(open()).append([
      change('a'),
      change('c', '3'),
      change('a', 'again'),
      change('d', '4'),
      change('a', 'at last'),
    ])
    assert.deepEqual(content(open()), [
      ['b', '2'],
      ['c', '3'],
      ['a', 'at last'],
      ['d', '4'],
    ])
  })

  it('stays what it was while others write, until it is told to read on', () => {
    write({ a: '1' })
    const view = open()
    const journal = journalOf(view)
    const reader = open()
    journal.append([change('a', '2')])
    assert.deepEqual([content(reader), reader.currency()], [[['a', '1']], 'grown'])
    reader.readNew()
    assert.deepEqual([content(reader), reader.currency()], [[['a', '2']], 'current'])
    write({ b: 'folded' })
    assert.deepEqual([content(reader), reader.currency()], [[['a', '2']], 'replaced'])
  })

  it('is replaced, for whoever asks, when the journal is a new one or gone', () => {
    write({ a: '1' })
    const before = open()
    assert.equal(before.currency(), 'current')
    journalOf(before)
    assert.equal(before.currency(), 'replaced')
    const after = open()
    assert.equal(after.currency(), 'current')
    unlinkSync(journalPath(at('a')))
    assert.equal(after.currency(), 'replaced')
  })

  it('is replaced when the journal was cut off below what it has read', () => {
    write({ a: '1' })
    const journal = journalOf(open())
    journal.append([change('a', '2')])
    const { end } = journal
    journal.append([change('a', '3')])
    const view = open()
    assert.equal(text(view.get('a')), '3')
    truncateSync(journalPath(at('a')), end)
    assert.equal(view.currency(), 'replaced')
    assert.equal(text(open().get('a')), '2')
  })

  it('is replaced when another dictionary of the same size was copied over its own', () => {
    write({ a: '1' })
    const bytes = readFileSync(at('a'))
    write({ a: '2' })
    const view = open()
    assert.equal(view.currency(), 'current')
    writeFileSync(at('a'), bytes)
    utimesSync(at('a'), 5, 5)
    assert.equal(view.currency(), 'replaced')
    assert.equal(text(open().get('a')), '1')
  })

  it('takes no notice of a journal that continues another dictionary', () => {
    write({ a: '1' })
    const header = encodeHeader({ kind: 'journal', id: newId(), base: newId() })
    writeFileSync(journalPath(at('a')), Buffer.concat([header, header]))
    const view = open()
    assert.deepEqual([view.journal, view.currency(), content(view)], [undefined, 'current', [['a', '1']]])
  })

  it('shows nothing older of a key whose newest record is damaged: empty bytes say so', () => {
    write({ a: '1', b: '2' })
    const view = open()
    apply(view, { is: 'damaged', keyHash: keyHash(Buffer.from('a')) })
    assert.deepEqual([view.damaged, view.get('a')?.length, text(view.get('b'))], [true, 0, '2'])
    assert.deepEqual(content(view), [['b', '2']])
    apply(view, { is: 'delete', key: 'a' })
    assert.equal(view.get('a'), undefined)
  })

  it('believes nothing that is older than a gap, and everything that is newer', () => {
    write({ a: '1', b: '2' })
    const view = open()
    const journal = journalOf(view)
    view.adopt(journal)
    view.apply(journal.append([change('c', 'before')]))
    apply(view, { is: 'gap' })
    view.apply(journal.append([change('b', 'after')]))
    assert.deepEqual(content(view), [['b', 'after']])
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map(key => text(view.get(key))),
      ['', 'after', '', undefined],
    )
    assert.ok(view.damaged)
  })

  it('is empty only where there is neither anything nor damage', () => {
    const view = open()
    assert.ok(view.isEmpty)
    assert.equal(view.currency(), 'current')
    apply(view, { is: 'damaged', keyHash: 1 })
    assert.ok(!view.isEmpty)
  })
})

function apply(view: FileView, item: LogItem): void {
  view.apply([item])
}

function content(view: FileView): [string, string | undefined][] {
  return Array.from(view.entries(), ([key, bytes]) => [key, text(bytes)])
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
}
