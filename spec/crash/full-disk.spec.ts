import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { close, decorate, events, withCache } from 'cachedict'
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

describe('Where a user may not write, or read', function () {
  this.timeout(60_000)
  const at = temporaryFolder()

  beforeEach(async function () {
    // To become another user is for root; everybody else would have to be one that may not write, to begin with.
    if (!isRoot) this.skip()
    chmodSync(at(), 0o755)
    await withCache(at('x.cache'), dict => {
      dict.set('old', 1)
      dict.evaluate('fact', () => 'kept')
    })
    await close()
    chmodSync(at('x.cache'), 0o644)
  })

  it('a read-only folder is read, results arrive, and a commit is refused', async () => {
    const before = readFileSync(at('x.cache'))
    const { stderr, said } = await runAs('reader')
    assert.deepEqual(said, ['1 kept', 'computed 25', 'ERR_CACHE_WRITE', 'nothing to write: fine'])
    assert.match(stderr, /CacheWarning/)
    assert.ok(readFileSync(at('x.cache')).equals(before))
    assert.deepEqual(besides(at('x.cache')), [])
  })

  it('results arrive though the file cannot be read, and it is not replaced', async () => {
    chmodSync(at('x.cache'), 0o600)
    chmodSync(at(), 0o777)
    const before = readFileSync(at('x.cache'))
    const { stderr, said } = await runAs('blind')
    assert.deepEqual(said, ['computed 25', 'ERR_CACHE_READ'])
    assert.match(stderr, /CacheWarning/)
    assert.ok(readFileSync(at('x.cache')).equals(before))
    assert.deepEqual(besides(at('x.cache')), [])
  })

  async function runAs(what: string): Promise<{ stderr: string; said: readonly string[] }> {
    const program = runProgram('spec/crash/programs/nobody.ts', { args: [what, at('x.cache')], uid: NOBODY })
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

function mount(folder: string, size: string): boolean {
  if (process.platform !== 'linux' || !isRoot) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}
