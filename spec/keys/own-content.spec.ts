import assert from 'node:assert/strict'
import { isCacheError } from '../../lib/base/errors.ts'
import { digest } from '../../lib/keys/canonical.ts'
import { noteWhollyFrozen } from '../../lib/keys/known-values.ts'
import { CONTENT, ownContentOf } from '../../lib/keys/own-content.ts'
import { lenient } from './policies.ts'

const saying = (content: unknown, on: object = {}): object =>
  Object.defineProperty(on, CONTENT, { value: () => content })

describe('ownContentOf', () => {
  it('gives what a method that is not enumerable says, its own or that of a class', () => {
    class File {
      #content = 'text'
      path = '/a'
      get [CONTENT](): never {
        return assert.fail('was run')
      }
      read(): string {
        return this.#content
      }
    }
    Object.defineProperty(File.prototype, CONTENT, {
      value: function (this: File) {
        return this.read()
      },
    })
    assert.equal(ownContentOf(saying('a')), 'a')
    assert.equal(ownContentOf(new File()), 'text')
    assert.equal(digest(new File()), digest(saying('text')))
  })

  it('calls nothing that is enumerable, or an accessor', () => {
    const run = () => assert.fail('was run')
    assert.equal(ownContentOf({ [CONTENT]: run }), undefined)
    assert.equal(ownContentOf(Object.defineProperty({}, CONTENT, { get: run })), undefined)
    assert.equal(ownContentOf({}), undefined)
  })
})

describe('What says itself what it counts as', () => {
  it('counts as that and nothing else, anywhere in a value', () => {
    for (const make of [
      (content: string, more: unknown) => saying(content, { more }),
      (content: string, more: unknown) => [{ file: saying(content, { more }) }],
      (content: string, more: unknown) => new Map([[1, Object.freeze(saying(content, [more]))]]),
    ]) {
      assert.equal(digest(make('a', 1)), digest(make('a', 2)))
      assert.notEqual(digest(make('a', 1)), digest(make('b', 1)))
      assert.equal(digest(make('a', 1), { policy: lenient() }), digest(make('a', 2)))
    }
    assert.notEqual(digest(saying('a')), digest('a'))
  })

  it('is asked again each time', () => {
    let content = 'a'
    const file = Object.freeze(Object.defineProperty({}, CONTENT, { value: () => content }))
    const value = Object.freeze([file])
    noteWhollyFrozen(value)
    const before = digest(value)
    content = 'b'
    assert.notEqual(digest(value), before)
  })

  it('is refused where it says no string', () => {
    assert.throws(
      () => digest([saying(1)]),
      error => isCacheError(error, 'ERR_CACHE_UNKEYABLE') && error.details.path === 'key[0]',
    )
  })

  it('may throw an error of its own', () => {
    const broken = Object.defineProperty({}, CONTENT, {
      value: () => {
        throw new RangeError('gone')
      },
    })
    assert.throws(() => digest([broken], { policy: lenient() }), { name: 'RangeError', message: 'gone' })
  })
})
