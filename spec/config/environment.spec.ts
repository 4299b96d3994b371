import assert from 'node:assert/strict'
import { environment } from '../../lib/config/environment.ts'

describe('environment', () => {
  const names = ['CACHEDICT_DIR', 'CACHEDICT_ACCESS'] as const
  const before = names.map(name => process.env[name])
  afterEach(() => {
    for (const [index, name] of names.entries()) {
      if (before[index] === undefined) delete process.env[name]
      else process.env[name] = before[index]
    }
  })

  it('is read each time, and an empty variable counts as none', () => {
    for (const value of ['r', '', 'ew']) {
      for (const name of names) process.env[name] = value
      assert.equal(environment.access(), value || undefined)
      assert.equal(environment.cacheDir(), value || undefined)
    }
    for (const name of names) delete process.env[name]
    assert.equal(environment.access(), undefined)
    assert.equal(environment.cacheDir(), undefined)
  })
})
