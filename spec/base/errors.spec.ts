import assert from 'node:assert/strict'
import { CACHE_ERROR_CODES, CacheError, isCacheError } from '../../lib/base/errors.ts'

describe('CacheError', () => {
  it('carries code, details and cause, and is an Error', () => {
    const cause = new Error('why')
    const error = new CacheError('ERR_CACHE_MISS', 'Nothing.', { details: { key: 'k' }, cause })
    assert.ok(error instanceof Error)
    assert.equal(error.name, 'CacheError')
    assert.equal(error.code, 'ERR_CACHE_MISS')
    assert.equal(error.cause, cause)
    assert.deepEqual(error.details, { key: 'k' })
    assert.ok(Object.isFrozen(error.details))
    assert.match(String(error), /^CacheError: Nothing\./)
  })

  it('has no cause where none was given, and keeps one that is undefined', () => {
    assert.equal('cause' in new CacheError('ERR_CACHE_MISS', 'x'), false)
    assert.equal('cause' in new CacheError('ERR_CACHE_MISS', 'x', { cause: undefined }), true)
  })

  it('knows errors of another copy of the package as its own', async () => {
    const url = new URL('../../lib/base/errors.ts?copy', import.meta.url).href
    const copy: typeof import('../../lib/base/errors.ts') = await import(url)
    assert.notEqual(copy.CacheError, CacheError)
    assert.ok(new copy.CacheError('ERR_CACHE_MISS', 'x') instanceof CacheError)
  })

  it('takes nothing else for one', () => {
    for (const other of [new Error('x'), null, undefined, 'ERR_CACHE_MISS', { code: 'ERR_CACHE_MISS' }]) {
      assert.equal((other as object) instanceof CacheError, false)
    }
  })
})

describe('isCacheError', () => {
  it('looks at the code, where one is asked for', () => {
    const error = new CacheError('ERR_CACHE_READ', 'x')
    assert.equal(isCacheError(error), true)
    assert.equal(isCacheError(error, 'ERR_CACHE_READ'), true)
    assert.equal(isCacheError(error, 'ERR_CACHE_WRITE'), false)
  })
})

describe('CACHE_ERROR_CODES', () => {
  it('are named alike, and say what they mean', () => {
    for (const [code, meaning] of Object.entries(CACHE_ERROR_CODES)) {
      assert.match(code, /^ERR_CACHE_[A-Z]+$/)
      assert.notEqual(meaning, '')
    }
  })
})
