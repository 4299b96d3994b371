import assert from 'node:assert/strict'
import { cpSync, statSync } from 'node:fs'
import { endianness } from 'node:os'
import { fileURLToPath } from 'node:url'
import { close, decorate, encode, withCache } from 'cachedict'
import { Claims } from '../../lib/files/claims.ts'
import { GOLDEN_FUNCTIONS, GOLDEN_LEASES, GOLDEN_RESULT, GOLDEN_VALUES } from '../fixtures/golden-entries.ts'
import { litterOf } from '../support/lmdb-litter.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { seenWarnings } from '../support/warnings.ts'

const FOLDER = fileURLToPath(new URL('../fixtures/entries-v1/', import.meta.url))

describe('What format version 1 wrote', () => {
  const at = temporaryFolder()
  const warnings = seenWarnings()
  // Where a golden file is opened, much may be made beside it.
  beforeEach(() => cpSync(FOLDER, at('golden'), { recursive: true }))
  afterEach(() => close())

  for (const name of ['entries.cache', 'entries.lmdb']) {
    it(`is read from ${name}, recalled, and gone on with`, async function () {
      // LMDB's pages are those of the machine; an other one misses, and begins anew.
      if (name === 'entries.lmdb' && endianness() !== 'LE') this.skip()
      const path = at(`golden/${name}`)
      const sizeBytes = statSync(path).size
      await withCache<unknown, string>(path, 'r', dict => {
        assert.deepEqual([...dict.keys()], [...Object.keys(GOLDEN_VALUES), GOLDEN_RESULT])
        for (const [key, value] of Object.entries(GOLDEN_VALUES))
          assert.equal(text(dict.get(key)), text(value), key)
        const why = dict.why(GOLDEN_RESULT)
        assert.equal(why.hit, true, why.text)
      })
      const { square, later, failing } = GOLDEN_FUNCTIONS
      const options = { path, code: 'off', errors: true, access: 'r' } as const
      assert.equal(decorate(square, { ...options, name: 'square' })(3), square(3))
      assert.deepEqual(await decorate(later, { ...options, name: 'later' })(4), await later(4))
      const failed = decorate(failing, { ...options, name: 'failing' })
      assert.throws(() => failed(5), { name: 'TypeError', message: 'failed for 5' })
      await withCache(path, dict => dict.set('new', 1))
      await withCache(path, dict => {
        dict.set('text', 'other')
        assert.equal(dict.why(GOLDEN_RESULT).details.dependency, 'text')
        dict.set('text', GOLDEN_VALUES.text)
      })
      await close()
      await withCache<unknown, string>(path, 'r', dict => {
        assert.equal(dict.size, Object.keys(GOLDEN_VALUES).length + 2)
        assert.equal(dict.get('large'), GOLDEN_VALUES.large)
      })
      await close()
      assert.deepEqual(warnings(), [])
      if (name === 'entries.lmdb') assert.deepEqual(litterOf(path), [])
      else assert.ok(statSync(path).size >= sizeBytes)
    })
  }

  it('holds no lease any more', () => {
    const claims = new Claims(at('golden/leases'))
    try {
      for (const key of GOLDEN_LEASES) assert.equal(claims.holderOf(key), undefined)
      assert.deepEqual(
        claims.takeAll(GOLDEN_LEASES),
        GOLDEN_LEASES.map(() => undefined),
      )
    } finally {
      claims.close()
    }
  })
})

function text(value: unknown): string {
  return Buffer.from(encode(value)).toString('latin1')
}
