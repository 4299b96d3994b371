import assert from 'node:assert/strict'
import { renderDigest } from '../../../lib/cache/why/render-digest.ts'

describe('renderDigest', () => {
  it('shows numbers, booleans and nothings as they are', () => {
    for (const text of ['5', '-0', 'NaN', 'true', 'null', 'undefined', '12n', 'Math.max'])
      assert.equal(renderDigest(text), text)
  })

  it('says of what may be a secret only what it is', () => {
    assert.deepEqual(
      ['s12:abc', 's1:abc', 's0:abc', '#abc', 'symbol:abc', 'registered:abc', 'proxy(#a,#b)'].map(
        renderDigest,
      ),
      [
        'a string of 12 characters',
        'a string of 1 character',
        'a string of 0 characters',
        'an object',
        'a symbol',
        'a symbol',
        'a Proxy',
      ],
    )
  })

  it('says of what is compared in part what it is', () => {
    assert.equal(renderDigest('~#abc~W1td'), 'an object')
  })

  it('has words for what is not compared', () => {
    for (const text of ['', '~', 'changes', 'opaque', 'revoked']) assert.notEqual(renderDigest(text), text)
  })
})
