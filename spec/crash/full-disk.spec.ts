import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { close, decorate, events, withCache } from 'cachedict'
import { litterOf } from '../support/lmdb-litter.ts'
import { besides, runProgram } from '../support/program.ts'
import { withoutWarnings } from '../support/quiet.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

describe('On a full disk', function () {
  this.timeout(60_000)
  withoutWarnings()
  let isMounted = false
  // Before the folder under it is removed: hooks run in the order in which they are named.
  afterEach(async () => {
    await close()
    if (isMounted) execFileSync('umount', [at('disk')])
  })
  const at = temporaryFolder()

  beforeEach(function () {
    mkdirSync(at('disk'))
    isMounted = mount(at('disk'), '256k')
    // Mounting is for root on Linux, and for containers that allow it. The spec of the k-th failing operation runs anywhere.
    if (!isMounted) this.skip()
  })

  it('results arrive with a warning, a commit fails, what was kept is whole, and it goes on when there is room', async () => {
    const file = at('disk/x.cache')
    const long = decorate((n: number) => 'y'.repeat(n), { name: 'long', path: file })
    await withCache(file, dict => dict.set('old', 'x'.repeat(20_000)))
    assert.equal(long(100).length, 100)
    await withCache(file, dict => dict.set('more', 1))
    const before = readFileSync(file)
    fill(at('disk/ballast'))

    const degraded: unknown[] = []
    const off = events.on('degraded', event => degraded.push(event.error))
    const warnings: Error[] = []
    const listen = (warning: Error) => warnings.push(warning)
    process.on('warning', listen)
    for (const n of [5_000, 6_000]) assert.equal(long(n).length, n)
    await withCache(file, dict => assert.equal(dict.evaluate('fact', () => 'z'.repeat(9_000)).length, 9_000))
    await assert.rejects(
      withCache(file, dict => {
        dict.set('new', 'x'.repeat(9_000))
        dict.set('old', 'changed')
      }),
      { code: 'ERR_CACHE_WRITE' },
    )
    await new Promise(setImmediate)
    off()
    process.off('warning', listen)
    assert.ok(degraded.length >= 3)
    assert.ok(warnings.length > 0 && warnings.every(({ name }) => name === 'CacheWarning'))
    assert.ok(readFileSync(file).equals(before))
    await withCache(file, 'r', dict => assert.equal(dict.get('old')?.length, 20_000))

    rmSync(at('disk/ballast'))
    assert.equal(long(7_000).length, 7_000)
    await withCache(file, dict => dict.set('after', 1))
    await withCache(file, 'r', dict => assert.equal(dict.get('after'), 1))
    await close()
    assert.equal(long.with({ access: 'r' })(7_000).length, 7_000)
    // With what was counted of its calls, written at the end.
    assert.deepEqual(besides(file), ['x.cache.journal'])
  })

  it('a new file is not even begun, and nothing is left in its place', async () => {
    fill(at('disk/ballast'))
    await assert.rejects(
      withCache(at('disk/new.cache'), dict => dict.set('a', 'x'.repeat(100_000))),
      { code: 'ERR_CACHE_WRITE' },
    )
    const left = besides(at('disk/ballast')).filter(name => statSync(at(`disk/${name}`)).size > 0)
    assert.deepEqual(
      left.filter(name => !name.endsWith('.block')),
      [],
    )
    rmSync(at('disk/ballast'))
    await withCache(at('disk/new.cache'), dict => dict.set('b', 1))
    assert.deepEqual(besides(at('disk/new.cache')), [])
  })

  describe('with an LMDB store on it', () => {
    beforeEach(() => {
      execFileSync('mount', ['-o', 'remount,size=2m', at('disk')], { stdio: 'pipe' })
    })

    for (const [what, name] of [
      ['again', 'that is opened when it is full'],
      ['first', 'that is open when it becomes full'],
      ['new', 'that is made when it is full'],
    ] as const) {
      const run = async () => {
        const store = at('disk/x.lmdb')
        const program = runProgram('spec/crash/programs/full-disk.ts', {
          args: [store, at('disk/ballast'), what],
          nodeArgs: ['--no-warnings'],
        })
        await program.done()
        assert.deepEqual(besides(store), [])
        assert.deepEqual(litterOf(store), [])
      }
      const title = `results arrive, a commit fails, what was kept is whole, and it goes on: ${name}`
      it(title, run)
    }
  })

  function fill(path: string): void {
    for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
      try {
        writeFileSync(path, Buffer.alloc(bytes), { flag: 'a' })
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
      }
    }
  }
})

for (const name of ['x.cache', 'x.lmdb']) {
  describe(`Where a user may not write, or read, with ${name}`, function () {
    this.timeout(60_000)
    const at = temporaryFolder()

    beforeEach(async function () {
      // To become another user is for root; everybody else would have to be one that may not write, to begin with.
      if (!isRoot) this.skip()
      chmodSync(at(), 0o755)
      await withCache(at(name), dict => {
        dict.set('old', 1)
        dict.evaluate('fact', () => 'kept')
      })
      await close()
      for (const file of filesOf(at(name))) chmodSync(file, statSync(file).isFile() ? 0o644 : 0o755)
    })

    it('a read-only folder is read, results arrive, and a commit is refused', async () => {
      const before = contentOf(at(name))
      const { stderr, said } = await runAs('reader')
      assert.deepEqual(said, ['1 kept', 'computed 25', 'ERR_CACHE_WRITE', 'nothing to write: fine'])
      assert.match(stderr, /CacheWarning/)
      assert.deepEqual(contentOf(at(name)), before)
      assert.deepEqual(besides(at(name)), [])
    })

    it('results arrive though the file cannot be read, and it is not replaced', async () => {
      for (const file of filesOf(at(name))) if (statSync(file).isFile()) chmodSync(file, 0o600)
      chmodSync(at(), 0o777)
      const before = contentOf(at(name))
      const { stderr, said } = await runAs('blind')
      assert.deepEqual(said, ['computed 25', 'ERR_CACHE_READ'])
      assert.match(stderr, /CacheWarning/)
      assert.deepEqual(contentOf(at(name)), before)
      assert.deepEqual(besides(at(name)), [])
    })

    async function runAs(what: string): Promise<{ stderr: string; said: readonly string[] }> {
      const program = runProgram('spec/crash/programs/nobody.ts', { args: [what, at(name)], uid: NOBODY })
      const { stderr, code } = await program.ended
      assert.equal(code, 0, stderr)
      const said: string[] = []
      for (;;) {
        const line = await program.line().catch(() => undefined)
        if (line === undefined) return { stderr, said }
        said.push(line)
      }
    }
  })
}

/** The store itself, and all that lies in it. */
function filesOf(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path]
  return [path, ...readdirSync(path, { recursive: true }).map(name => join(path, String(name)))]
}

function contentOf(path: string): readonly (readonly [string, string])[] {
  const files = filesOf(path).filter(file => statSync(file).isFile() && !file.endsWith('-lock'))
  return files.map(file => [file, readFileSync(file, 'base64')])
}

function mount(folder: string, size: string): boolean {
  if (process.platform !== 'linux' || !isRoot) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}
