import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { cacache } from '../peers/cacache.ts'
import { flatCache } from '../peers/flat-cache.ts'
import { keyvSqlite } from '../peers/keyv-sqlite.ts'
import { openLmdb } from '../peers/lmdb-by-hand.ts'
import { memoizeFs } from '../peers/memoize-fs.ts'
import { nodePersist } from '../peers/node-persist.ts'
import { folderOf, installed } from '../peers/peer.ts'
import { unstorageFs } from '../peers/unstorage-fs.ts'
import { pythonContenders } from '../python/contenders.ts'
import { timed, timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { check, HEIGHT, laterByHand, measure, measureLater } from '../shapes.ts'

/** So many first calls are one round. */
const CALLS = 10
/** About what one fact takes in a journal. */
const RECORD_BYTES = 256

export const FIRST_CALL: Row = {
  id: 'first-call',
  title: () => 'A first call: a miss, the function, and its small result kept',
  rounds: 25,
  warmUps: 2,
  settles: true,
  contenders: async bench => {
    const { cachedict, folder } = bench
    const path = join(folder, 'sync.lmdb')
    const now = cachedict.decorate(measure, { path })
    const later = cachedict.decorate(measureLater, { path: join(folder, 'async.lmdb') })
    const file = cachedict.decorate(measure, { path: join(folder, 'sync.cache') })
    const memoized = await (await memoizeFs.open(folderOf(memoizeFs, folder))).fn(measureLater)
    const hands = installed([nodePersist, flatCache, keyvSqlite, cacache, unstorageFs]).map(async peer => {
      const cache = await peer.open(folderOf(peer, folder))
      return calls({ name: `${peer.name} by hand`, note: peer.note, fn: laterByHand(cache) })
    })
    now(0, HEIGHT)
    return [
      barePut(bench, await shapeOf(bench, path)),
      bareAppend(bench),
      calls({ name: 'the function alone', fn: measure }),
      calls({
        name: 'cachedict, sync function',
        note: 'lease included; synced',
        fn: now,
        // The second one: what a call costs on top of the function, which is next to nothing here.
        aims: [{ times: 1.3 }, { above: 0.05, of: BARE_PUT }],
      }),
      calls({ name: 'cachedict, async function', note: 'lease included; synced', fn: later }),
      calls({ name: 'cachedict, sync function, x.cache', note: 'one file; synced', fn: file }),
      calls({ name: memoizeFs.name, note: memoizeFs.note, fn: memoized }),
      ...(await Promise.all(hands)),
      ...(await pythonContenders(bench, {
        work: 'first-calls',
        calls: CALLS,
        notes: { diskcache: 'SQLite, unsynced', joblib: 'a folder per call, unsynced' },
      })),
    ]
  },
}

const BARE_PUT = 'lmdb putSync, alone'

/** How long an entry and its key are. */
interface EntryShape {
  readonly keyBytes: number
  readonly valueBytes: number
}

/** Of the entry that lies at `path`. */
async function shapeOf({ cachedict }: Bench, path: string): Promise<EntryShape> {
  const entries = await (await cachedict.openStore(path)).entries()
  for (const [key, bytes] of entries) {
    return { keyBytes: Buffer.byteLength(key), valueBytes: bytes.byteLength }
  }
  throw new Error(`Nothing lies at ${path}.`)
}

/** The same write in a database of its own: the least that a durable result can cost in this engine. */
function barePut({ folder }: Bench, { keyBytes, valueBytes }: EntryShape): Contender {
  const database = openLmdb(join(folder, 'bare.lmdb'))
  const value = Buffer.alloc(valueBytes, 1)
  let next = 0
  return {
    name: BARE_PUT,
    note: `an entry of the same shape: ${keyBytes} and ${valueBytes} bytes; synced`,
    operations: CALLS,
    round: () =>
      timed(() => {
        for (let call = 0; call < CALLS; call += 1) {
          const key = Buffer.alloc(keyBytes)
          // Scattered, as hashes are.
          key.writeUInt32BE(Math.imul(next, 0x9e3779b1) >>> 0)
          next += 1
          database.putSync(key, value)
        }
      }),
    end: () => database.close(),
  }
}

/** The least that a durable result can cost on this disk. */
function bareAppend({ folder }: Bench): Contender {
  const fd = openSync(join(folder, 'bare'), 'a')
  const record = Buffer.alloc(RECORD_BYTES, 1)
  return {
    name: 'one append + fdatasync',
    note: 'synced; no cache, the limit of this disk',
    operations: CALLS,
    round: () =>
      timed(() => {
        for (let call = 0; call < CALLS; call += 1) {
          writeSync(fd, record)
          fdatasyncSync(fd)
        }
      }),
  }
}

interface Called extends Pick<Contender, 'name' | 'note' | 'aims'> {
  readonly fn: typeof measure | typeof measureLater
}

function calls({ fn, ...labels }: Called): Contender {
  let next = 0
  return {
    ...labels,
    operations: CALLS,
    round: () =>
      timedAsync(async () => {
        for (let call = 0; call < CALLS; call += 1) {
          next += 1
          check(await fn(next, HEIGHT), next, HEIGHT)
        }
      }),
  }
}
