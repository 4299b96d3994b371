import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as sources from 'cachedict'
import { compiledProject } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('Two copies of the package in one process', () => {
  const at = temporaryFolder()
  let built: typeof sources

  before(async () => {
    const file = join(compiledProject(), 'node_modules/cachedict/dist/index.js')
    built = (await import(pathToFileURL(file).href)) as typeof sources
    assert.notEqual(built.CacheError, sources.CacheError)
  })

  it("know each other's errors", async () => {
    for (const [one, other] of [
      [built, sources],
      [sources, built],
    ] as const) {
      const error = await one.withCache(at('x.cache'), 'r', dict => dict.evaluate('a', () => 1)).catch(String)
      assert.match(String(error), /CacheError/)
      await assert.rejects(
        one.withCache(at('x.cache'), 'r', dict => dict.evaluate('a', () => 1)),
        (thrown: unknown) => thrown instanceof other.CacheError && thrown.code === 'ERR_CACHE_MISS',
      )
    }
    assert.equal(new Error('x') instanceof built.CacheError, false)
  })

  it('mean the same by NoCache', () => {
    assert.equal(built.NoCache, sources.NoCache)
  })

  it('use one file at the same time without losing anything', async () => {
    await sources.withCache(at('x.cache'), async dict => {
      dict.set('from sources', 1)
      dict.evaluate('fact of sources', () => 1)
      await built.withCache(at('x.cache'), inner => {
        inner.set('from the build', 2)
        inner.evaluate('fact of the build', () => 2)
        assert.equal(inner.get('fact of sources'), 1)
      })
    })
    const all = await built.withCache(at('x.cache'), dict => [...dict.keys()].sort())
    assert.deepEqual(all, ['fact of sources', 'fact of the build', 'from sources', 'from the build'])
  })

  it('take turns where access is exclusive', async () => {
    const update = (copy: typeof sources) =>
      copy.withCache<number, string>(
        at('x.cache'),
        'rew',
        async dict => {
          const before = dict.get('n', 0)
          await new Promise(setImmediate)
          dict.set('n', before + 1)
        },
        { exclusive: true },
      )
    await Promise.all(Array.from({ length: 20 }, (_, n) => update(n % 2 === 0 ? sources : built)))
    assert.equal(await sources.withCache(at('x.cache'), dict => dict.get('n')), 20)
  })
})
