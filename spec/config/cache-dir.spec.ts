import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { config, makeCacheDir } from '../../lib/config/cache-dir.ts'
import { runChild } from '../support/child.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The folder that a fresh process with this environment takes: what is chosen stays chosen for a whole process. */
async function cacheDirOf(env: Record<string, string>, before = ''): Promise<string> {
  const child = runChild(
    `import { config } from 'lib/config/cache-dir.ts'
    ${before}
    console.log(config.getCacheDir())`,
    { env: { CACHEDICT_DIR: '', ...env } },
  )
  const dir = await child.line()
  await child.end()
  return dir
}

describe('config', () => {
  const at = temporaryFolder()

  it("takes the user's cache folder for this project", async () => {
    const dir = await cacheDirOf({ XDG_CACHE_HOME: at('cache') })
    assert.ok(isAbsolute(dir))
    assert.match(dir, /cachedict.+-[0-9a-f]{12}$/)
    if (process.platform === 'linux') assert.ok(dir.startsWith(at('cache/cachedict/')), dir)
    assert.deepEqual(readdirSync(at()), [])
  })

  it('takes CACHEDICT_DIR as it is, also where it is set late', async () => {
    assert.equal(await cacheDirOf({ CACHEDICT_DIR: at('x') }), at('x'))
    assert.equal(await cacheDirOf({ CACHEDICT_DIR: 'relative/x' }), resolve('relative/x'))
    const late = `config.getCacheDir(); process.env.CACHEDICT_DIR = ${JSON.stringify(at('late'))}`
    assert.equal(await cacheDirOf({}, late), at('late'))
  })

  it('takes what setCacheDir said before everything else', async () => {
    const set = (dir: string) => cacheDirOf({ CACHEDICT_DIR: at('x') }, `config.setCacheDir(${dir})`)
    assert.equal(await set(JSON.stringify(at('said'))), at('said'))
    assert.equal(await set(`'relative'`), resolve('relative'))
    assert.equal(await set(JSON.stringify(pathToFileURL(at('a b')).href)), at('a b'))
    assert.equal(await set(`new URL(${JSON.stringify(pathToFileURL(at('ü')).href)})`), at('ü'))
  })

  it('refuses what names no folder', () => {
    for (const bad of ['', 7, undefined, null, {}]) {
      assert.throws(() => config.setCacheDir(bad as string), TypeError)
    }
    assert.throws(() => config.setCacheDir('file://another-host/x'), TypeError)
  })
})

describe('makeCacheDir', () => {
  const at = temporaryFolder()

  it('creates a folder that is private, and marked for backup programs', () => {
    makeCacheDir(at('sub/cache'))
    assert.equal(statSync(at('sub')).mode & 0o777, 0o700)
    assert.equal(statSync(at('sub/cache')).mode & 0o777, 0o700)
    assert.equal(statSync(at('sub/cache/CACHEDIR.TAG')).mode & 0o777, 0o600)
    assert.match(
      readFileSync(at('sub/cache/CACHEDIR.TAG'), 'utf8'),
      /^Signature: 8a477f597d28d172789f06886806bc55\n/,
    )
  })

  it('leaves a folder that is there as it is: it may hold what no backup should miss', () => {
    mkdirSync(at('data'), { mode: 0o755 })
    writeFileSync(at('data/precious'), '')
    makeCacheDir(at('data'))
    assert.deepEqual(readdirSync(at('data')), ['precious'])
    assert.equal(statSync(at('data')).mode & 0o777, 0o755)
  })
})
