import assert from 'node:assert/strict'
import { decodeManifest, encodeManifest } from '../../../lib/entries/manifest/manifest.ts'
import { sealText } from '../../../lib/entries/manifest/sealed-text.ts'
import type { FunctionPart, Part } from '../../../lib/fingerprint/part.ts'
import { functionPart, packagePart, valuePart } from '../../support/parts.ts'

const KEY = 'm:report:abc'
const PARTS: readonly Part[] = [
  functionPart('report', 'function report() {}', { line: 3 }),
  valuePart('report > RATE', '5'),
  packagePart('report > groupBy', 'lodash', '4.17.21'),
  functionPart('report > \ud800', 'lone \ud800', { file: '', line: 0 }),
]

describe('A manifest', () => {
  it('comes back as it was', () => {
    for (const parts of [PARTS, []])
      assert.deepEqual(decodeManifest(encodeManifest(parts, 7, KEY), KEY), {
        parts,
        writtenAtMs: 7,
        isWhole: true,
      })
  })

  it('holds each source once', () => {
    const source = Array.from({ length: 3_000 }, (_, i) => i * 7_919).join()
    const one = encodeManifest([functionPart('a', source, { hash: '1' })], 0, KEY)
    const many = ['a', 'b', 'c', 'd'].map(path => functionPart(path, source, { hash: '1' }))
    assert.ok(encodeManifest(many, 0, KEY).byteLength < one.byteLength + 100)
  })

  it('of more than 1 MiB loses the longest sources first, and keeps the hashes', () => {
    const parts = [2, 600_000, 3, 500_000].map((length, i) =>
      functionPart(`f${i}`, `${i}`.repeat(length), { hash: `${i}` }),
    )
    const { parts: kept, isWhole } = decodeManifest(encodeManifest(parts, 0, KEY), KEY)!
    assert.equal(isWhole, true)
    assert.deepEqual(
      kept.map(part => [(part as FunctionPart).hash, (part as FunctionPart).source.length]),
      [
        ['0', 2],
        ['1', 0],
        ['2', 3],
        ['3', 500_000],
      ],
    )
  })

  it('comes back whatever its length, at the bound too', () => {
    for (let more = 0; more < 200; more += 7) {
      const sources = [500_000, 500_000, 48_400 + more].map((length, i) => `${i}`.repeat(length))
      const parts = sources.map((source, i) => functionPart(`f${i}`, source, { hash: `${i}` }))
      assert.equal(decodeManifest(encodeManifest(parts, 0, KEY), KEY)?.parts.length, 3, `${more}`)
    }
  })

  it('of more than that even so loses its last parts, and says so', () => {
    const parts = Array.from({ length: 20_000 }, (_, i) =>
      functionPart(`a way that is not quite so short > f${i}`, `source ${i}`),
    )
    const { parts: kept, isWhole } = decodeManifest(encodeManifest(parts, 0, KEY), KEY)!
    assert.equal(isWhole, false)
    assert.ok(kept.length > 1_000 && kept.length < 20_000)
    assert.deepEqual(
      kept.map(({ path }) => path),
      parts.slice(0, kept.length).map(({ path }) => path),
    )
  })

  it('that is damaged, or another key’s, is none', () => {
    const bytes = encodeManifest(PARTS, 0, KEY)
    assert.equal(decodeManifest(bytes, 'm:report:abd'), undefined)
    assert.equal(decodeManifest(bytes.subarray(0, bytes.length - 1), KEY), undefined)
    assert.equal(decodeManifest(undefined, KEY), undefined)
  })

  it('with anything in it that we would not write is none', () => {
    const wrong: readonly unknown[] = [
      'no JSON',
      null,
      [],
      [[], []],
      [{}, [], true],
      [[], [1], true],
      [[], [], 'yes'],
      [[5], [], true],
      [[[0, 5]], [], true],
      [[[0, 'f', 'f', '', 0, 'hash', 3]], ['one'], true],
      [[[0, 'f', 'f', '', '1', 'hash', -1]], [], true],
      [[[0, 'f', 'f', '', 1, 5, -1]], [], true],
      [[[1, 'v']], [], true],
      [[[1, 'v', 5]], [], true],
      [[[2, 'p', 'lodash']], [], true],
      [[[3, 'p', 'lodash', '1']], [], true],
    ]
    for (const each of wrong) {
      const text = each === 'no JSON' ? '[[' : JSON.stringify(each)
      assert.equal(decodeManifest(sealText(text, 0, KEY), KEY), undefined, text)
    }
    const right = sealText('[[[0,"f","f","",1,"hash",-1]],[],true]', 0, KEY)
    assert.deepEqual(decodeManifest(right, KEY)?.parts, [functionPart('f', '', { file: '', hash: 'hash' })])
  })
})
