import assert from 'node:assert/strict'
import { CacheError } from '../../lib/base/errors.ts'
import { closedError, storeError } from '../../lib/stores/disk-store.ts'

describe('storeError', () => {
  it('says what the system refused, where, and what is left', () => {
    const cause = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' })
    const error = storeError('/data/x', cause, 'ERR_CACHE_WRITE') as CacheError
    assert.match(error.message, /^\/data\/x could not be written \(ENOSPC: no space left\)\. .*untouched/)
    assert.deepEqual(
      [error.code, error.details, error.cause],
      ['ERR_CACHE_WRITE', { path: '/data/x', errno: 'ENOSPC' }, cause],
    )
    assert.match((storeError('/data/x', cause, 'ERR_CACHE_READ') as CacheError).message, /could not be read/)
  })

  it('takes a name that the error itself does not have', () => {
    const error = storeError('/data/x', new Error('MDB_MAP_FULL'), 'ERR_CACHE_WRITE', 'MDB_MAP_FULL')
    assert.deepEqual((error as CacheError).details, { path: '/data/x', errno: 'MDB_MAP_FULL' })
  })

  it('leaves alone what is ours already, and what no system said', () => {
    for (const error of [new CacheError('ERR_CACHE_FORMAT', 'ours'), new TypeError('a bug')])
      assert.equal(storeError('/data/x', error, 'ERR_CACHE_READ'), error)
  })
})

describe('closedError', () => {
  it('names the path', () => {
    assert.match(closedError('/data/x').message, /^\/data\/x was closed\. Open it again/)
  })
})
