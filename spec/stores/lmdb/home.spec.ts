import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCacheError } from '../../../lib/base/errors.ts'
import { Home } from '../../../lib/stores/lmdb/home.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('Home', () => {
  const at = temporaryFolder()
  const isForeign = (error: unknown) => isCacheError(error, 'ERR_CACHE_FORMAT')

  it('is made private, with a mark of its format, and is then there', () => {
    const home = new Home(at('deep/x.lmdb'))
    assert.equal(home.isThere(), false)
    home.make()
    home.make()
    assert.equal(home.isThere(), true)
    assert.deepEqual(readdirSync(home.path), ['format-1'])
    assert.equal(statSync(home.path).mode & 0o777, 0o700)
  })

  it('may be empty, or hold a lock, before it is made', () => {
    mkdirSync(at('x.lmdb/lock'), { recursive: true })
    const home = new Home(at('x.lmdb'))
    assert.equal(home.isThere(), false)
    home.make()
    assert.equal(home.isThere(), true)
  })

  it('is not what somebody else has made', () => {
    mkdirSync(at('folder'))
    writeFileSync(at('folder/lock.mdb'), '')
    writeFileSync(at('file'), '')
    symlinkSync(at('nowhere'), at('link'))
    for (const name of ['folder', 'file', 'link'])
      assert.throws(() => new Home(at(name)).isThere(), isForeign, name)
  })

  it('is not what a newer version has made', () => {
    const home = new Home(at('x'))
    home.make()
    writeFileSync(at('x/format-2'), '')
    assert.throws(() => home.make(), /newer version .* Update the package/)
  })

  it('moves database and values aside, and stays', () => {
    const home = new Home(at('x'))
    home.make()
    writeFileSync(home.data, 'x')
    mkdirSync(join(home.path, 'values'))
    const [one, other] = [home.setAside(), home.setAside()]
    assert.deepEqual(readdirSync(one).sort(), ['data.mdb', 'values'])
    assert.deepEqual(readdirSync(other), [])
    assert.deepEqual(readdirSync(home.path), ['format-1'])
  })
})
