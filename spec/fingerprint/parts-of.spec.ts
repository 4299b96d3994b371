import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { fingerprint } from '../../lib/fingerprint/fingerprint.ts'

// It comes without types.
const { chunk } = createRequire(import.meta.url)('lodash')

const FACTOR = 3
const TABLE = { secret: 'x' }
const scale = (n: number) => n * FACTOR
const rows = (list: readonly number[]) => [chunk(list.map(scale), 2), TABLE.secret]

describe('The parts of a fingerprint', () => {
  const { parts } = fingerprint(rows)

  it('are functions, with their names, places, texts', () => {
    const found = parts.find(part => part.path === 'rows > scale')
    assert.ok(found?.kind === 'function')
    assert.equal(found.name, 'scale')
    assert.equal(found.file, 'spec/fingerprint/parts-of.spec.ts')
    assert.ok(found.line > 0)
    assert.match(found.hash, /^[\da-f]{16}$/)
    assert.match(found.source, /FACTOR/)
  })

  it('are captured values: numbers as they are, of others no more than a digest', () => {
    const digestOf = (path: string) =>
      parts.flatMap(part => (part.kind === 'value' && part.path === path ? [part.digest] : []))
    assert.deepEqual(digestOf('rows > scale > FACTOR'), ['3'])
    assert.match(digestOf('rows > TABLE')[0] ?? '', /^#[\da-f]{20}$/)
    assert.doesNotMatch(JSON.stringify(parts), /"x"|secret:/)
  })

  it('are packages, with their versions', () => {
    const [found, ...others] = parts.filter(part => part.kind === 'package')
    assert.equal(found?.name, 'lodash')
    assert.match(found?.version ?? '', /^4\./)
    assert.deepEqual(others, [])
  })

  it('begin with the function itself', () => {
    assert.equal(parts[0]?.path, 'rows')
  })
})
