import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chunk } from 'lodash'
import { Inspector } from '../../lib/base/inspector.ts'
import { pathOf } from '../../lib/fingerprint/packages.ts'
import { type Place, placeOf, urlOf } from '../../lib/fingerprint/place-of.ts'

const placeOfFunction = (fn: object): Place => {
  const place = Inspector.with(inspector => placeOf(inspector.read([fn])[0]?.location, inspector))
  assert.ok(place !== undefined)
  return place
}

describe('The place of a function', () => {
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
})
