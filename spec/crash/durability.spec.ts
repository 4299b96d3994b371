import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { decorate, withCache } from 'cachedict'
import { LogFile } from '../../lib/files/log-file.ts'
import { Database } from '../../lib/stores/lmdb/engine.ts'
import { interceptFiles } from '../support/file-operations.ts'
import { ownCache } from '../support/own-cache.ts'

// A kill leaves what was written; power loss only what was synced. Nobody can pull a plug here, so the order counts.
describe('What is acknowledged was synced before, in the right order', () => {
  const path = ownCache()

  /** What was done to files meanwhile, as `name file`; descriptors are called by the file that they were opened for. */
  async function operationsOf(body: () => unknown, done: string[] = []): Promise<readonly string[]> {
    const opened = new Map<unknown, string>()
    const stop = interceptFiles(({ name, args, run }) => {
      const result = run()
      const file = typeof args[0] === 'number' ? (opened.get(args[0]) ?? 'known') : basename(String(args[0]))
      if (name === 'openSync') opened.set(result, file)
      done.push(`${name} ${file}`)
      return result
    })
    try {
      await body()
    } finally {
      stop()
    }
    return done
  }

  const indexOf = (done: readonly string[], what: RegExp, from = 0) =>
    done.findIndex((operation, index) => index >= from && what.test(operation))

  it('syncs a fact of a sync function before the call returns', async () => {
    const fact = decorate((n: number) => n, { name: 'fact', path: path('a') })
    fact(1)
    fact(2)
    const done = await operationsOf(() => fact(3))
    const written = indexOf(done, /^writeSync/)
    assert.ok(written >= 0, done.join())
    assert.ok(indexOf(done, /^fdatasyncSync/, written) > written, done.join())
  })

  it('waits for the sync of a fact of an async function before its promise resolves', async () => {
    const fact = decorate(async (n: number) => n, { name: 'fact', path: path('a') })
    await fact(1)
    await fact(2)
    const real = LogFile.prototype.sync
    let isSynced = false
    LogFile.prototype.sync = async function (this: LogFile) {
      await real.call(this)
      await new Promise(setImmediate)
      isSynced = true
    }
    try {
      await fact(3)
    } finally {
      LogFile.prototype.sync = real
    }
    assert.ok(isSynced)
  })

  it('syncs the new file before it takes the place of the old, and its name before the journal goes', async () => {
    const fact = decorate((n: number) => n, { name: 'fact', path: path('a') })
    fact(1)
    fact(2)
    const done = await operationsOf(() => withCache(path('a'), dict => dict.set('b', 1)))
    const renamed = indexOf(done, /^renameSync/)
    const filled = done.findLastIndex(
      (operation, index) => index < renamed && /^writeSync a\.\d+$/.test(operation),
    )
    const synced = indexOf(done, /^fsyncSync a\.\d+$/, filled)
    assert.ok(filled >= 0 && synced > filled && synced < renamed, done.join())
    const named = indexOf(done, /^fsyncSync/, renamed)
    const removed = indexOf(done, /^unlinkSync a\.journal$/)
    assert.ok(named > renamed && removed > named, done.join())
  })

  it('syncs what a block did before a fact that comes after it', async () => {
    await withCache(path('a'), dict => dict.set('there', 1))
    const done = await operationsOf(() =>
      withCache(path('a'), dict => {
        dict.set('before', 1)
        dict.evaluate('fact', () => 2)
      }),
    )
    const journaled = indexOf(done, /^writeSync .*\.block$/)
    const synced = indexOf(done, /^fdatasyncSync .*\.block$/, journaled)
    const fact = indexOf(done, /^writeSync a\.journal$/)
    assert.ok(journaled >= 0 && synced > journaled && fact > synced, done.join())
  })

  // Whatever LMDB writes itself, it syncs with each commit: it is told to (`engine.ts`), and nobody can look on.
  for (const how of ['sync', 'async'] as const) {
    it(`syncs a large value's file, and then its name, before LMDB commits what refers to it: ${how}`, async () => {
      const large = (n: number) => 'x'.repeat(n)
      const lmdb = path('a.lmdb')
      const kept = decorate(how === 'sync' ? large : async (n: number) => large(n), {
        name: 'large',
        path: lmdb,
      })
      await kept(40_000)
      const real = Database.prototype.put
      const done: string[] = []
      Database.prototype.put = function (this: Database, ...args) {
        done.push('put')
        real.apply(this, args)
      }
      try {
        await operationsOf(() => kept(50_000), done)
      } finally {
        Database.prototype.put = real
      }
      const opened = indexOf(done, /^(openSync|promises\.open) \d/)
      const written = indexOf(done, how === 'sync' ? /^writeSync/ : /^handle.writeFile/, opened)
      const synced = indexOf(done, how === 'sync' ? /^fdatasyncSync/ : /^handle.datasync/, written)
      const named = indexOf(done, /^fsyncSync/, synced)
      const referred = indexOf(done, /^put$/, written)
      const moved = indexOf(done, /^renameSync/)
      assert.ok(opened >= 0 && written > opened && synced > written && named > synced, done.join())
      assert.ok(referred > named && moved > referred, done.join())
    })
  }
})
