import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { decorate, withCache } from 'cachedict'
import { LogFile } from '../../lib/files/log-file.ts'
import { interceptFiles } from '../support/file-operations.ts'
import { ownCache } from '../support/own-cache.ts'

// A kill leaves what was written; power loss only what was synced. Nobody can pull a plug here, so the order counts.
describe('What is acknowledged was synced before, in the right order', () => {
  const path = ownCache()

  /** What was done to files meanwhile, as `name file`; descriptors are called by the file that they were opened for. */
  async function operationsOf(body: () => unknown): Promise<readonly string[]> {
    const opened = new Map<unknown, string>()
    const done: string[] = []
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
})
