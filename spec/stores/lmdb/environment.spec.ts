import assert from 'node:assert/strict'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import fc from 'fast-check'
import { Environment } from '../../../lib/stores/lmdb/environment.ts'
import { Home } from '../../../lib/stores/lmdb/home.ts'
import { LARGE_BYTES } from '../../../lib/stores/lmdb/large-values.ts'
import { LmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts'
import { writeOf } from '../../../lib/stores/store.ts'
import { runChild } from '../../support/child.ts'
import { interceptFiles, refusal } from '../../support/file-operations.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { seenWarnings } from '../../support/warnings.ts'

const durable = { durable: true } as const

describe('Environment', () => {
  const at = temporaryFolder()
  const warnings = seenWarnings()
  const data = () => at('x.lmdb/data.mdb')
  const withStore = <T>(body: (store: LmdbStore) => T): T => {
    const store = new LmdbStore(at('x.lmdb'))
    try {
      return body(store)
    } finally {
      store.close()
    }
  }
  const put = (store: LmdbStore, key: string, bytes: Uint8Array) =>
    store.writeSync(writeOf([{ key, bytes }], durable))
  const fill = () =>
    withStore(store => {
      for (let n = 0; n < 20; n += 1) {
        const changes = Array.from({ length: 40 }, (_, k) => ({
          key: `k${n}.${k}`,
          bytes: Buffer.alloc(50 + k * 20, n),
        }))
        store.writeSync(writeOf(changes, durable))
      }
      put(store, 'large', Buffer.alloc(LARGE_BYTES, 1))
    })
  const aside = () => readdirSync(at()).filter(name => name.includes('.damaged-'))
  const overwrite = (position: number, bytes: Uint8Array) => {
    const fd = openSync(data(), 'r+')
    writeSync(fd, bytes, 0, bytes.length, position)
    closeSync(fd)
  }

  it('trusts a database whose last writer vouches for it, and starts no process', () => {
    fill()
    const start = performance.now()
    withStore(store => assert.equal(store.get('k1.1')?.length, 70))
    assert.ok(performance.now() - start < 50)
    assert.deepEqual(warnings(), [])
  })

  it('examines one that was touched since, and uses it if it is sound', () => {
    fill()
    utimesSync(data(), 1, 1)
    withStore(store => assert.equal(store.get('k1.1')?.length, 70))
    rmSync(at('x.lmdb/stamp'))
    withStore(store => assert.equal(store.get('k1.1')?.length, 70))
    assert.deepEqual([aside(), warnings()], [[], []])
  })

  for (const [name, damage] of Object.entries<(path: string) => void>({
    'that is empty': path => truncateSync(path, 0),
    'that is cut off within its first page': path => truncateSync(path, 100),
    'that is cut off': path => truncateSync(path, 12_288),
    'that begins with something else': path => overwriteText(path, 0, 'x'.repeat(9_000)),
    'whose pages are something else': path => overwriteText(path, 8_192, 'x'.repeat(200_000)),
    'that is a folder': path => {
      rmSync(path)
      mkdirSync(path)
    },
    'that is text': path => writeFileSync(path, 'hello\n'.repeat(10_000)),
  })) {
    it(`sets a database aside ${name}, says so once, and goes on with a new one`, () => {
      fill()
      damage(data())
      withStore(store => {
        assert.equal(store.get('k1.1'), undefined)
        put(store, 'new', Buffer.from('1'))
      })
      withStore(store => assert.equal(store.get('new')?.length, 1))
      assert.equal(aside().length, 1)
      assert.ok(readdirSync(at(aside()[0]!)).includes('values'))
      assert.deepEqual(
        warnings().map(({ type }) => type),
        ['CacheWarning'],
      )
      assert.match(warnings()[0]!.message, /is damaged \(.*was moved to .*\.damaged-/)
    })
  }

  it('sets no database aside but the one that was found to be damaged', () => {
    fill()
    const home = new Home(at('x.lmdb'))
    const [one, other] = [Environment.make(home), Environment.make(home)]
    Environment.setAside(one, 'seen by one')
    const fresh = Environment.make(home)
    try {
      Environment.setAside(other, 'seen by the other, later')
      assert.equal(aside().length, 1)
      assert.equal(fresh.isCurrent(), true)
    } finally {
      fresh.close()
    }
  })

  it('ends in no crash, whichever bytes are changed', async function () {
    this.timeout(120_000)
    fill()
    const sound = readFileSync(data())
    const values = fc.uint8Array({ minLength: 1, maxLength: 64 })
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 64), values, async (position, bytes) => {
        overwrite(0, sound)
        overwrite(position, bytes)
        const child = runChild(`
          import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
          const store = new LmdbStore(${JSON.stringify(at('x.lmdb'))})
          for (const [key] of store.entries()) store.get(key)
          store.writeSync({ reads: ['k1.1'], durable: true, plan: () => [{ key: 'k1.1', bytes: Buffer.alloc(9000) }] })
          store.close()
        `)
        await child.end()
        // The next round needs the database, and no other.
        if (statSync(data()).size < sound.length) writeFileSync(data(), sound)
      }),
      { numRuns: 12 },
    )
  })

  it('is not hurt by a damaged lock of LMDB', () => {
    fill()
    writeFileSync(at('x.lmdb/data.mdb-lock'), 'hello'.repeat(2_000))
    withStore(store => assert.equal(store.get('k1.1')?.length, 70))
    rmSync(at('x.lmdb/data.mdb-lock'))
    withStore(store => assert.equal(store.get('k1.1')?.length, 70))
  })

  it('waits for nobody where a pipe or a link is in its place', () => {
    fill()
    rmSync(data())
    symlinkSync('/dev/zero', data())
    withStore(store => assert.equal(store.get('k1.1'), undefined))
    assert.equal(aside().length, 1)
  })

  it('finishes what a dead process left: files that were written, and files that were dropped', async () => {
    const child = runChild(`
      import { LargeValues } from 'lib/stores/lmdb/large-values.ts'
      new LargeValues(${JSON.stringify(at('x.lmdb/values'))}).writeSync(Buffer.alloc(100))
    `)
    fill()
    await child.end()
    const [name = ''] = readdirSync(at('x.lmdb/values/new'))
    const [shard = ''] = readdirSync(at('x.lmdb/values')).filter(each => each !== 'new')
    const [kept = ''] = readdirSync(at(`x.lmdb/values/${shard}`))
    renameSync(at(`x.lmdb/values/${shard}/${kept}`), at(`x.lmdb/values/new/${kept}`))
    assert.notEqual(name, '')
    withStore(store => assert.equal(store.get('large')?.length, LARGE_BYTES))
    // This process lives: what it has not settled is left to it.
    assert.deepEqual(readdirSync(at('x.lmdb/values/new')), [kept])
  })

  it('sets aside no database but the one that it has found to be damaged, whoever replaces that meanwhile', () => {
    fill()
    const home = new Home(at('x.lmdb'))
    const [one, other] = [Environment.make(home), Environment.make(home)]
    let isReplaced = false
    const restore = interceptFiles(({ name, args, run }) => {
      if (!isReplaced && name === 'symlinkSync' && String(args[1]).startsWith(home.lock)) {
        isReplaced = true
        Environment.setAside(one, 'seen by one')
        withStore(store => put(store, 'k', Buffer.from('work')))
      }
      return run()
    })
    try {
      Environment.setAside(other, 'seen by the other')
    } finally {
      restore()
    }
    assert.equal(isReplaced, true)
    withStore(store => assert.equal(store.get('k')?.toString(), 'work'))
    assert.equal(aside().length, 1)
  })

  it('removes with the next commit, or at the end, what the system would not remove before', () => {
    const files = () => readdirSync(at('x.lmdb/values'), { recursive: true, withFileTypes: true })
    const large = (n: number) => Buffer.alloc(LARGE_BYTES, n)
    let isRefusing = false
    const restore = interceptFiles(({ name, args, run }) => {
      if (isRefusing && name === 'unlinkSync' && String(args[0]).includes('/values/'))
        throw refusal('EIO', name)
      return run()
    })
    try {
      withStore(store => {
        const replaceLarge = (n: number) => {
          isRefusing = true
          put(store, 'large', large(n))
          isRefusing = false
        }
        put(store, 'large', large(1))
        replaceLarge(2)
        assert.equal(files().filter(file => file.isFile()).length, 2)
        put(store, 'small', Buffer.from('1'))
        assert.equal(files().filter(file => file.isFile()).length, 1)
        replaceLarge(3)
        assert.equal(files().filter(file => file.isFile()).length, 2)
      })
      assert.equal(files().filter(file => file.isFile()).length, 1)
    } finally {
      restore()
    }
  })

  it('writes to no database but the one that the path leads to', () => {
    withStore(store => {
      put(store, 'a', Buffer.from('1'))
      renameSync(at('x.lmdb'), at('y.lmdb'))
      put(store, 'b', Buffer.from('2'))
    })
    withStore(store =>
      assert.deepEqual(
        [...store.entries()].map(([key]) => key),
        ['b'],
      ),
    )
  })
})

function overwriteText(path: string, position: number, text: string): void {
  const fd = openSync(path, 'r+')
  writeSync(fd, text, position)
  ftruncateSync(fd, statSync(path).size)
  closeSync(fd)
}
