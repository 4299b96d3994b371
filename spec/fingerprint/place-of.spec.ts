import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Inspector } from '../../lib/base/inspector.ts'
import { pathOf } from '../../lib/fingerprint/packages.ts'
import { type Place, placeOf, urlOf } from '../../lib/fingerprint/place-of.ts'
import type { AnyFunction } from '../../lib/keys/source.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// It comes without types.
const { chunk } = createRequire(import.meta.url)('lodash')

const placeOfFunction = (fn: AnyFunction): Place => {
  const place = Inspector.with(inspector => placeOf(inspector.read([fn])[0], inspector))
  assert.ok(place !== undefined)
  return place
}

describe('The place of a function', () => {
  const at = temporaryFolder()

  it('is a line of a file of the program', () => {
    const place = placeOfFunction(() => 1)
    assert.ok(place.is === 'own')
    assert.equal(pathOf(place.url), fileURLToPath(import.meta.url))
    assert.ok(place.line > 0)
  })

  it('is a package, with its version', () => {
    const place = placeOfFunction(chunk)
    assert.ok(place.is === 'package')
    assert.equal(place.name, 'lodash')
    assert.match(place.version, /^4\./)
    assert.match(place.at, /^.*\.js:\d+:\d+$/)
  })

  it('is Node', () => {
    const place = placeOfFunction(promisify)
    assert.ok(place.is === 'node')
    assert.match(place.url, /^node:/)
  })

  it('is unknown of code that no file holds', () => {
    assert.deepEqual(
      Inspector.with(inspector => placeOf(undefined, inspector)),
      { is: 'own', url: '', line: 0, column: 0 },
    )
    const place = placeOfFunction(new Function('return 1'))
    assert.ok(place.is === 'own')
    assert.equal(place.url, '')
    assert.equal(
      Inspector.with(inspector => urlOf('no script', inspector)),
      '',
    )
  })

  it('is known at once, whatever was made of text just before', () => {
    for (let i = 0; i < 20; i++) placeOfFunction(new Function(`return () => ${i}`)())
    const file = at('just-loaded.cjs')
    writeFileSync(file, 'module.exports = () => 1')
    const place = placeOfFunction(createRequire(file)(file))
    assert.ok(place.is === 'own')
    assert.equal(pathOf(place.url), file)
  })
})
