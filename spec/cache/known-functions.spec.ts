import assert from 'node:assert/strict'
import { CacheError, MemoryStore } from 'cachedict'
import { type KnownFunction, noteFunction, versionOf, versionsOf } from '../../lib/cache/known-functions.ts'
import { placeIdOf } from '../../lib/cache/places.ts'
import { programOf } from '../../lib/cache/program.ts'

describe('versionsOf', () => {
  const path = new MemoryStore()
  // Held here: a function that is gone is forgotten.
  const held: KnownFunction[] = []
  const known = (name: string, version: string, at: KnownFunction['path'] = () => path) => {
    const one = { name, path: at, program: programOf(() => 1, { code: 'off', version }) }
    held.push(one)
    noteFunction(one)
    return one.program.version().text
  }

  it('are those of all functions of that name at that place', () => {
    const texts = [known('load', 'a'), known('load', 'b')]
    known('other', 'c')
    known('load', 'd', () => new MemoryStore())
    known('load', 'e', () => 'ftp://nowhere')
    assert.deepEqual(
      [...versionsOf(placeIdOf(path), 'load')].map(({ text }) => text),
      texts,
    )
    assert.deepEqual([...versionsOf(placeIdOf(path), 'unknown')], [])
  })

  it('of what has no identity is that of no result', () => {
    const failing = (error: Error) => ({
      version: () => {
        throw error
      },
    })
    const nobodys = versionOf(failing(new CacheError('ERR_CACHE_UNKEYABLE', 'a socket')))
    assert.notEqual(nobodys.text, '...')
    assert.throws(() => versionOf(failing(new Error('a bug'))), /a bug/)
  })
})
