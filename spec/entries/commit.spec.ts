import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { BlockJournal } from '../../lib/entries/block-journal.ts'
import { commitRequest, recoverBlocks } from '../../lib/entries/commit.ts'
import { encodeEntry } from '../../lib/entries/entry.ts'
import { keepRequest } from '../../lib/entries/versions.ts'
import { FileStore } from '../../lib/stores/file/file-store.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import type { Store } from '../../lib/stores/store.ts'
import { entryOf, keepingOf } from '../support/entries.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { seenWarnings } from '../support/warnings.ts'

const change = (key: string, value: string | undefined) => ({
  key,
  bytes: value === undefined ? undefined : Buffer.from(value),
})

async function contentOf(store: Store): Promise<Record<string, string>> {
  const entries = [...(await store.entries())].filter(([key]) => key !== 'b')
  return Object.fromEntries(entries.map(([key, bytes]) => [key, Buffer.from(bytes).toString()]))
}

describe('commitRequest', () => {
  it('applies changes in order, onto what is there', async () => {
    const store = new MemoryStore()
    store.writeSync(commitRequest([change('d"a', '1'), change('d"b', '2')]))
    store.writeSync(commitRequest([change('d"a', undefined), change('d"c', '3'), change('d"c', '4')]))
    assert.deepEqual(await contentOf(store), { 'd"b': '2', 'd"c': '4' })
  })

  it('removes the earlier versions of a changed key, and no other ones', async () => {
    const store = new MemoryStore()
    for (const key of ['d"a', 'd"b'])
      for (const code of ['one', 'two'])
        store.writeSync(keepRequest(key, entryOf(code, { codeVersion: code }), keepingOf()))
    store.writeSync(commitRequest([{ key: 'd"a', bytes: encodeEntry(entryOf(3), 'd"a') }]))
    const keys = [...store.entries()].map(([key]) => key)
    assert.equal(keys.filter(key => key.startsWith('ad"a')).length, 0)
    assert.equal(keys.filter(key => key.startsWith('ad"b')).length, 1)
  })
})

describe('recoverBlocks', () => {
  const folder = temporaryFolder()
  const warnings = seenWarnings()

  function storeWithLeftBlocks(...blocks: (readonly ReturnType<typeof change>[])[]): FileStore {
    for (const changes of blocks) {
      const journal = new BlockJournal(folder('x.cache'))
      for (const each of changes) journal.append(each)
      journal.abandon()
    }
    return new FileStore(folder('x.cache'))
  }

  it('takes over what a block left, and removes its journal', async () => {
    const store = storeWithLeftBlocks([change('d"a', '1'), change('d"b', '2'), change('d"a', undefined)])
    recoverBlocks(store)
    assert.deepEqual(await contentOf(store), { 'd"b': '2' })
    assert.deepEqual(
      readdirSync(folder()).filter(name => name.endsWith('.block')),
      [],
    )
    store.close()
  })

  it('never applies a block that was committed already', async () => {
    const journal = new BlockJournal(folder('x.cache'))
    journal.append(change('d"a', 'old'))
    const store = new FileStore(folder('x.cache'))
    await store.write(commitRequest([change('d"a', 'old')], { id: journal.id, storePath: store.path }))
    await store.write(commitRequest([change('d"a', 'new')]))
    // It died before it could remove its journal.
    journal.abandon()
    recoverBlocks(store)
    assert.deepEqual(await contentOf(store), { 'd"a': 'new' })
    assert.deepEqual(
      readdirSync(folder()).filter(name => name.endsWith('.block')),
      [],
    )
    store.close()
  })

  it('warns and goes on where it cannot write, and tries again', async () => {
    const store = storeWithLeftBlocks([change('d"a', '1')])
    const failing = Object.create(store, {
      path: { value: store.path },
      writeSync: {
        value: () => {
          throw new Error('the disk is full')
        },
      },
    }) as Store
    recoverBlocks(failing)
    assert.match(warnings()[0]!.message, /the disk is full/)
    recoverBlocks(store)
    assert.deepEqual(await contentOf(store), { 'd"a': '1' })
    store.close()
  })

  it('does nothing for a store without a file', () => {
    recoverBlocks(new MemoryStore())
  })
})
