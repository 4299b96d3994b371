import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Change } from '../../../lib/files/change.ts'
import { encodeHeader, HEADER_BYTES, parseHeader } from '../../../lib/files/file-header.ts'
import { encodeBatch } from '../../../lib/files/log.ts'
import {
  bodyStart,
  keyHash,
  parseHead,
  recordBytes,
  recordSeed,
  writeHead,
} from '../../../lib/files/record.ts'
import { IndexBuilder } from '../../../lib/stores/file/file-index.ts'
import { FileStore } from '../../../lib/stores/file/file-store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const FOLDER = fileURLToPath(new URL('../../fixtures/format-v1/', import.meta.url))

type Pair = readonly [key: string, hex?: string | null]

interface Content {
  readonly records: readonly Pair[]
  readonly batches: readonly (readonly Pair[])[]
  /** What a reader sees of it, in order. */
  readonly shows: readonly Pair[]
}

const CONTENTS: Readonly<Record<string, Content>> = JSON.parse(readFileSync(`${FOLDER}content.json`, 'utf8'))

describe('format version 1', () => {
  const at = temporaryFolder()

  it('has an expectation for every golden file', () => {
    const files = readdirSync(FOLDER).filter(name => name.endsWith('.cache'))
    assert.deepEqual(files.sort(), Object.keys(CONTENTS).sort())
    assert.ok(files.length >= 2)
  })

  for (const [name, { records, batches, shows }] of Object.entries(CONTENTS)) {
    it(`reads ${name}, goes on writing it, and folds it`, () => {
      for (const file of readdirSync(FOLDER)) if (file.startsWith(name)) copyFileSync(FOLDER + file, at(file))
      const store = new FileStore(at(name))
      const content = () =>
        [...store.entries()].map(([key, bytes]) => [key, Buffer.from(bytes).toString('hex')])
      assert.deepEqual(content(), shows)
      for (const [key, hex] of shows) assert.equal(Buffer.from(store.get(key)!).toString('hex'), hex)
      const change = { key: 'new', bytes: Buffer.from('n') }
      for (const settle of [false, true]) {
        store.writeSync({ reads: [], plan: () => [change], durable: false, settle })
        assert.deepEqual(content(), [...shows, ['new', '6e']])
      }
      store.close()
    })

    it(`writes the dictionary of ${name} again, to the byte`, () => {
      const golden = readFileSync(FOLDER + name)
      const { id } = headerOf(golden)
      assert.deepEqual(renderDictionary(id, records), golden)
    })

    if (batches.length === 0) continue
    it(`writes the journal of ${name} again, to the byte`, () => {
      const golden = readFileSync(`${FOLDER}${name}.journal`)
      const { id, base } = headerOf(golden)
      assert.deepEqual(base, headerOf(readFileSync(FOLDER + name)).id)
      const header = encodeHeader({ kind: 'journal', id, base })
      const parts: Uint8Array[] = [header, header]
      let offset = 2 * HEADER_BYTES
      for (const batch of batches) {
        // Each batch was written when everything before it was durable.
        const { bytes } = encodeBatch(changesOf(batch), { seed: recordSeed(id), offset, synced: offset })
        parts.push(bytes)
        offset += bytes.length
      }
      assert.deepEqual(Buffer.concat(parts), golden)
    })
  }
})

/** The dictionary as docs/reference/format.md describes it. */
function renderDictionary(id: Uint8Array, records: readonly Pair[]): Buffer {
  const parts: Uint8Array[] = [encodeHeader({ kind: 'dictionary', id })]
  const index = new IndexBuilder()
  let offset = HEADER_BYTES
  for (const [text, hex] of records) {
    const key = Buffer.from(text)
    const body = Buffer.from(hex!, 'hex')
    const sizes = { keyBytes: key.length, bodyBytes: body.length }
    const head = { deletes: false, more: false, synced: 0, keyHash: keyHash(key), ...sizes }
    const record = Buffer.alloc(recordBytes(head, false))
    writeHead(record, 0, head, recordSeed(id), offset)
    assert.deepEqual(parseHead(record, 0, recordSeed(id), offset), head)
    record.set(key, 24)
    record.set(body, bodyStart(head))
    index.add(head, offset)
    parts.push(record)
    offset += record.length
  }
  parts.push(index.encode(offset))
  parts.push(encodeHeader({ kind: 'dictionary', id, indexOffset: offset, count: records.length }))
  return Buffer.concat(parts)
}

function headerOf(file: Buffer): { readonly id: Uint8Array; readonly base: Uint8Array } {
  const verdict = parseHeader(file.subarray(0, HEADER_BYTES))
  assert.equal(verdict.is, 'ours')
  return verdict.is === 'ours' ? verdict.header : assert.fail()
}

function changesOf(pairs: readonly Pair[]): Change[] {
  return pairs.map(([key, hex]) => ({
    key,
    bytes: typeof hex === 'string' ? Buffer.from(hex, 'hex') : undefined,
  }))
}
