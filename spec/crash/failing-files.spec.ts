import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { CacheError, close, decorate, withCache } from 'cachedict'
import { MemoryStore } from '../../lib/stores/memory-store.ts'
import { FailingStore, type FailurePlan } from '../support/failing-store.ts'
import { interceptFiles, refusal } from '../support/file-operations.ts'
import { litterOf } from '../support/lmdb-litter.ts'
import { besides } from '../support/program.ts'
import { withoutWarnings } from '../support/quiet.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const REFUSALS = ['ENOSPC', 'EIO', 'EMFILE', 'EACCES', 'EROFS', 'EDQUOT']
/** In LMDB, from 32 KiB on a value has a file of its own. */
const LARGE = 'y'.repeat(40_000)
/** So many more operations than without a failure are failed in turn, at most: those that make up for it. */
const MOST_MORE = 30
/** So many operations a program does or not, as fast as the machine is just now. */
const MOST_TIMED = 10
const HOW = ['once', 'for good'] as const

/** What a program is told that uses a dictionary and cached functions. */
interface Told {
  readonly committed: boolean
  readonly flushed: boolean
}

describe('When the k-th operation fails, for every k', function () {
  this.timeout(120_000)
  const at = temporaryFolder()
  withoutWarnings()

  for (const how of HOW) {
    for (const name of ['x.cache', 'x.lmdb']) {
      it(`of those on the files of ${name}, ${how}, results are right, nothing kept is lost, no litter stays, and it recovers`, async () => {
        const file = at(name)
        const counted = await leastOperations(file)
        let operations = counted
        for (let k = 1; k <= operations; k += 1) {
          rmSync(file, { recursive: true })
          await prepare(file)
          let last = 0
          const restore = interceptFiles(({ number, name: operation, run }) => {
            last = number
            if (how === 'once' ? number === k : number >= k)
              throw refusal(REFUSALS[k % REFUSALS.length]!, operation)
            return run()
          }, true)
          let told: Told
          try {
            told = await work(file).catch(error => {
              throw new Error(`operation ${k}, ${how}`, { cause: error })
            })
          } finally {
            await close().catch(() => {})
            restore()
          }
          // Some are done or not as the clock goes (waiting, looking again).
          assert.ok(last >= k || how === 'once' || k > counted - MOST_TIMED, `${last} of ${k}`)
          await check(file, told, `operation ${k}, ${how}`)
          await withCache(file, dict => dict.set('later', k))
          await withCache(file, 'r', dict => assert.equal(dict.get('later'), k))
          await close()
          assert.deepEqual(besides(file), [], `operation ${k}`)
          if (name === 'x.lmdb') assert.deepEqual(litterOf(file), [], `operation ${k}`)
          operations = Math.max(operations, how === 'once' ? Math.min(last, counted + MOST_MORE) : operations)
        }
        assert.ok(operations > 50, `${operations} operations`)
      })
    }

    for (const when of ['before', 'after'] as const) {
      it(`of those of a store, ${how}, ${when} it was done: the same`, async () => {
        let k = 1
        for (let failed = true; failed; k += 1) {
          const kept = new MemoryStore()
          await prepare(kept)
          const error = () => new CacheError('ERR_CACHE_WRITE', 'on purpose')
          const plan: FailurePlan = { failAt: k, how, when, error }
          const store = new FailingStore(kept, plan)
          const told = await work(store)
          failed = store.operations >= k
          await check(kept, told, `operation ${k}, ${how}, ${when}`)
        }
        assert.ok(k > 10, `${k} operations`)
      })
    }
  }

  /** The fewest of three times: a machine that is slow at one moment makes it look again. */
  async function leastOperations(file: string): Promise<number> {
    let least = await countOperations(file)
    for (let time = 1; time < 3; time += 1) {
      rmSync(file, { recursive: true })
      least = Math.min(least, await countOperations(file))
    }
    return least
  }

  async function countOperations(file: string): Promise<number> {
    await prepare(file)
    let count = 0
    const restore = interceptFiles(({ run, number }) => {
      count = number
      return run()
    }, true)
    try {
      assert.deepEqual(await work(file), { committed: true, flushed: true })
    } finally {
      await close()
      restore()
    }
    return count
  }
})

type Path = string | MemoryStore | FailingStore

async function prepare(path: Path): Promise<void> {
  await withCache<unknown, string>(path, dict => {
    dict.set('old', 'kept')
    dict.set('changed', 'before')
    dict.set('large', LARGE)
    dict.evaluate('fact', () => ({ fact: 1 }))
  })
  if (typeof path === 'string') await close()
}

/** Whatever fails, what the user's functions give has to arrive. */
async function work(path: Path): Promise<Told> {
  const square = decorate((n: number) => n * n, { name: 'square', path })
  const later = decorate(async (n: number) => n + 1, { name: 'later', path })
  let flushed = false
  let isBegun = false
  const large = decorate(async (n: number) => 'z'.repeat(n), { name: 'large', path })
  assert.equal(square(7), 49)
  assert.equal(await later(7), 8)
  assert.equal((await large(50_000)).length, 50_000)
  const committed = await withCache<unknown, string>(path, async dict => {
    isBegun = true
    dict.set('changed', 'once')
    dict.set('new', 1)
    dict.set('large', `${LARGE}!`)
    assert.deepEqual(
      dict.evaluate('fact two', () => 2),
      2,
    )
    flushed = await dict.flush().then(() => true, refused)
    dict.set('changed', 'twice')
    assert.equal(await dict.evaluate('fact three', async () => 3), 3)
    dict.delete('new')
  }).then(() => true, refused)
  assert.ok(isBegun || !committed)
  assert.equal(square(7), 49)
  assert.equal(await later(7), 8)
  return { committed, flushed }
}

function refused(error: unknown): false {
  assert.ok(error instanceof CacheError, String((error as Error).stack ?? error))
  assert.ok(['ERR_CACHE_WRITE', 'ERR_CACHE_READ'].includes(error.code), error.code)
  return false
}

/** Old values or new ones; what was said to be kept is. */
async function check(path: Path, { committed, flushed }: Told, where: string): Promise<void> {
  await withCache<unknown, string>(path, 'r', dict => {
    assert.equal(dict.get('old'), 'kept', where)
    assert.deepEqual(dict.get('fact'), { fact: 1 }, where)
    const changed = committed ? ['twice'] : flushed ? ['once', 'twice'] : ['before', 'once', 'twice']
    assert.ok(changed.includes(dict.get('changed') as string), `${where}: changed is ${dict.get('changed')}`)
    if (committed) assert.equal(dict.has('new'), false, where)
    const largeBytes = (dict.get('large') as string).length - LARGE.length
    assert.ok(committed || flushed ? largeBytes === 1 : largeBytes === 0 || largeBytes === 1, where)
    assert.ok([undefined, 2].includes(dict.get('fact two') as number), where)
    assert.ok([undefined, 3].includes(dict.get('fact three') as number), where)
  })
  if (typeof path === 'string') await close()
}
