import assert from 'node:assert/strict'
import { close, decorate, SingleValueCache, withCache } from 'cachedict'
import { tallyOf } from '../../lib/cache/tally.ts'
import { statsKeyOf } from '../../lib/entries/kept-stats.ts'
import { FileStore } from '../../lib/stores/file/file-store.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { openStoreAt } from '../../lib/stores/open-store.ts'
import type { Store } from '../../lib/stores/store.ts'
import { runChild } from '../support/child.ts'
import { ownCache } from '../support/own-cache.ts'
import { runScript } from '../support/run-script.ts'
import { seenWarnings } from '../support/warnings.ts'
import { withEnvironment } from '../support/with-environment.ts'

describe('stats', () => {
  const at = ownCache()
  const warnings = seenWarnings()

  function squareAt(path: string | Store, options: object = {}) {
    return decorate(
      function square(n: number) {
        return n * n
      },
      { path, ...options },
    )
  }

  const sumOf = async (fn: ReturnType<typeof squareAt>) => {
    const { hits, evaluations, misses } = await fn.stats()
    return [hits, misses.absent, evaluations]
  }

  /** What is written in the store, without what this process knows besides. */
  const written = () => {
    const store = new FileStore(at('x.cache'))
    const bytes = store.get(statsKeyOf('square'))
    store.close()
    return bytes !== undefined
  }

  it('are one for all functions of a name on a store, and with copies', async () => {
    const fn = squareAt('x.cache')
    for (const n of [1, 1, 2]) fn(n)
    const copy = fn.with({ ttl: '1h' })
    copy(1)
    squareAt('x.cache', { access: 'r' })(2)
    for (const each of [fn, copy, squareAt('x.cache')]) assert.deepEqual(await sumOf(each), [3, 2, 2])
    assert.deepEqual(await sumOf(squareAt('y.cache')), [0, 0, 0])
  })

  it('outlive clear, and the closing of the store', async () => {
    const fn = squareAt('x.cache')
    for (const n of [1, 1, 2]) fn(n)
    assert.equal(written(), false)
    await close()
    assert.equal(written(), true)
    assert.deepEqual(await sumOf(fn), [1, 2, 2])
    assert.equal(await fn.clear(), 2)
    assert.deepEqual(await sumOf(fn), [1, 2, 2])
    assert.equal((await fn.stats()).entries, 0)
  })

  it('show nowhere else', async () => {
    const fn = squareAt('x.cache', { innerKey: 'n' })
    fn(1)
    await close()
    await withCache('x.cache', dict => assert.deepEqual([...dict.keys()], [1]))
    for await (const entry of fn.entries()) assert.equal(entry.name, 'square')
    await withCache('x.cache', dict => dict.clear())
    assert.equal(written(), true)
  })

  it('are written where the access allows it, and by nobody else', async () => {
    squareAt('x.cache')(1)
    await withEnvironment({ CACHEDICT_ACCESS: 'r' }, async () => {
      squareAt('x.cache')(1)
      await close()
    })
    assert.equal(written(), false)
    squareAt('x.cache')(1)
    await withEnvironment({ CACHEDICT_ACCESS: 'nonsense' }, () => close())
    assert.equal(written(), false)
    squareAt('x.cache', { access: 'r' })(1)
    await close()
    assert.equal(written(), false)
    const keys: string[] = []
    const store = openStoreAt('memory:x') as MemoryStore
    store.writeSync = request => keys.push(...request.reads)
    squareAt('memory:x')(1)
    await close()
    assert.equal(keys.includes(statsKeyOf('square')), false)
    assert.match(keys[0]!, /^c:/)
  })

  it('are not worth a warning: what fails is tried again with the next call', async () => {
    const store = new FileStore(at('x.cache'))
    const tally = tallyOf(store, 'square')
    let fails = true
    const { writeSync } = store
    store.writeSync = request => {
      if (fails) throw new Error('no room')
      writeSync.call(store, request)
    }
    tally.add({ type: 'miss', fields: { because: 'absent' }, mayWrite: true })
    tally.write()
    assert.equal((await tally.sum()).misses.absent, 1)
    fails = false
    tally.write()
    assert.equal((await tally.sum()).misses.absent, 1)
    assert.equal(written(), true)
    assert.deepEqual(warnings(), [])
    store.close()
  })

  it('are added by a store that answers later, and counted once while that goes on', async () => {
    const inner = new MemoryStore()
    const failing = { now: true }
    const later: Store = {
      traits: { ...inner.traits, sync: false, persistent: true },
      get: async key => inner.get(key),
      entries: async prefix => inner.entries(prefix),
      write: async request => {
        await Promise.resolve()
        if (failing.now) throw new Error('no network')
        inner.writeSync(request)
      },
      close: () => {},
    }
    const tally = tallyOf(later, 'square')
    tally.add({ type: 'miss', fields: { because: 'absent' }, mayWrite: true })
    await tally.write()
    assert.equal((await tally.sum()).misses.absent, 1)
    failing.now = false
    tally.write()
    assert.equal((await tally.sum()).misses.absent, 1)
    assert.notEqual(inner.get(statsKeyOf('square')), undefined)
  })

  it('count for a SingleValueCache too, and stay when its value is replaced', async () => {
    const fn = new SingleValueCache('one.cache').decorate(function double(n: number) {
      return n * 2
    })
    for (const n of [1, 1, 2, 2]) fn(n)
    await close()
    fn(3)
    const { hits, evaluations, entries } = await fn.stats()
    assert.deepEqual([hits, evaluations, entries], [2, 3, 1])
  })

  it('do not count waiting for somebody else as caching', async () => {
    let finish = (_: number) => {}
    const fn = decorate(
      async function slow() {
        return new Promise<number>(resolve => {
          finish = resolve
        })
      },
      { path: 'memory:slow' },
    )
    const both = [fn(), fn()]
    const startedMs = performance.now()
    while (performance.now() - startedMs < 30);
    finish(1)
    await Promise.all(both)
    const { hits, savedMs, overheadMs } = await fn.stats()
    assert.ok(hits === 1 && savedMs >= 30 && overheadMs < 30, JSON.stringify({ hits, savedMs, overheadMs }))
  })

  it('outlive the process, however it ends', async function () {
    this.timeout(60_000)
    const source = (body: string) => `
      import { decorate } from 'lib/index.ts'
      import { tallyOf } from 'lib/cache/tally.ts'
      const square = decorate(function square(n) { return n * n }, { path: ${JSON.stringify(at('x.cache'))} })
      ${body}`
    await runChild(source('for (const n of [1, 2, 1]) square(n)')).end()
    await runChild(source('for (const n of [1, 2, 3]) square(n); process.exit(0)')).end()
    const killed = runChild(
      source(`
      square(4)
      const { FileStore } = await import('lib/stores/file/file-store.ts')
      const store = new FileStore(${JSON.stringify(at('x.cache'))})
      const { decodeStats } = await import('lib/entries/kept-stats.ts')
      const look = () => {
        if (decodeStats(store.get('s:square'), 's:square').misses.absent < 4) return setTimeout(look, 20)
        square(4)
        console.log('written')
        setTimeout(() => {}, 60_000)
      }
      look()`),
    )
    assert.equal(await killed.line(), 'written')
    await killed.kill()
    assert.deepEqual(await sumOf(squareAt('x.cache')), [3, 4, 4])
  })

  it('lose nothing when four processes add to them at once', async function () {
    this.timeout(60_000)
    const children = [0, 1, 2, 3].map(() =>
      runChild(`
        import { statsKeyOf } from 'lib/entries/kept-stats.ts'
        import { tallyOf } from 'lib/cache/tally.ts'
        import { FileStore } from 'lib/stores/file/file-store.ts'
        const tally = tallyOf(new FileStore(${JSON.stringify(at('x.cache'))}), 'square')
        console.log('ready')
        await new Promise(resolve => process.stdin.once('data', resolve))
        for (let n = 0; n < 250; n += 1) {
          tally.add({ type: 'evaluated', fields: { costMs: 1, failed: false }, mayWrite: true })
          tally.write()
        }
        process.exit(0)
      `),
    )
    for (const child of children) assert.equal(await child.line(), 'ready')
    for (const child of children) child.process.stdin!.write('go\n')
    await Promise.all(children.map(child => child.end()))
    const stats = await squareAt('x.cache').stats()
    assert.deepEqual([stats.evaluations, stats.evaluatedMs], [1_000, 1_000])
  })

  it('write nothing for a hit, and leave the process free to end', () => {
    const source = `
      import { decorate, openStore, config } from 'cachedict'
      const square = decorate(function square(n) { return n * n }, { path: 'x.cache' })
      square(1)
      const store = await openStore('x.cache')
      const before = store.writes
      for (let n = 0; n < 1000; n += 1) square(1)
      const writes = store.writes - before
      const doneMs = performance.now()
      process.on('exit', () => console.log(JSON.stringify([writes, performance.now() - doneMs < 1000])))`
    assert.deepEqual(runScript(source, { CACHEDICT_DIR: at() }), [0, true])
    assert.ok(openStoreAt('x.cache').get(statsKeyOf('square')) instanceof Uint8Array)
  })

  it('say so once where caching costs more than it saves', () => {
    const tally = tallyOf(new MemoryStore(), 'cheap')
    for (let n = 0; n < 3_000; n += 1)
      tally.add({ type: 'hit', fields: { savedMs: 0.001, overheadMs: 0.2, joined: false }, mayWrite: true })
    const [warning, ...more] = warnings()
    assert.deepEqual([warning?.type, more.length], ['CacheWarning', 0])
    assert.match(
      warning!.message,
      /^Caching cheap costs more than it saves: 1,000 hits saved 1 ms, and caching took 200 ms/,
    )
  })

  it('say nothing of hits that waited for somebody else', () => {
    const tally = tallyOf(new MemoryStore(), 'joining')
    for (let n = 0; n < 3_000; n += 1)
      tally.add({ type: 'hit', fields: { savedMs: 1, overheadMs: 200, joined: true }, mayWrite: true })
    assert.deepEqual(warnings(), [])
  })
})
