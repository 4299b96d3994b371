import { join } from 'node:path'
import { asyncHits, hitCalls, syncHits } from '../hits.ts'
import { cacache } from '../peers/cacache.ts'
import { flatCache } from '../peers/flat-cache.ts'
import { keyvSqlite } from '../peers/keyv-sqlite.ts'
import { lmdbByHand } from '../peers/lmdb-by-hand.ts'
import { memoizeFs } from '../peers/memoize-fs.ts'
import { nodePersist } from '../peers/node-persist.ts'
import { folderOf, installed } from '../peers/peer.ts'
import { unstorageFs } from '../peers/unstorage-fs.ts'
import { DISKCACHE, pythonContenders } from '../python/contenders.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { byHand, laterByHand, measure, measureLater } from '../shapes.ts'

const ROUNDS = { rounds: 15, warmUps: 3 } as const
const HAND_PEERS = [nodePersist, keyvSqlite, cacache, unstorageFs, flatCache]

export const HIT_ROWS: readonly Row[] = [
  {
    id: 'hit-store',
    title: () => 'A warm hit of a sync function, read from the store: two numbers to a small object',
    ...ROUNDS,
    contenders: async bench => {
      const { cachedict, folder } = bench
      const [tree, file] = ['x.lmdb', 'x.cache'].map(name =>
        cachedict.decorate(measure, { path: join(folder, name), memory: false }),
      )
      return [
        await floor(bench),
        syncHits(bench, tree!, { name: 'cachedict, x.lmdb', note: 'memory: false', aims: [{ times: 3 }] }),
        syncHits(bench, file!, { name: 'cachedict, x.cache', note: 'memory: false; one file' }),
        ...(await pythonHits(bench)),
      ]
    },
  },
  {
    id: 'hit-memory',
    title: () => 'A warm hit of a sync function, remembered: two numbers to a small object',
    ...ROUNDS,
    contenders: async bench => {
      const { cachedict, folder } = bench
      const copy = cachedict.decorate(measure, { path: join(folder, 'x.lmdb') })
      const frozen = cachedict.decorate(measure, { path: join(folder, 'frozen.lmdb'), share: 'frozen' })
      const aims = [{ most: 0.003 }, { times: 0.2, of: DISKCACHE }]
      return [
        await floor(bench),
        syncHits(bench, copy, { name: 'cachedict', aims }),
        syncHits(bench, frozen, { name: "cachedict, share: 'frozen'" }),
        syncHits(bench, byHand(await flatCache.open(folderOf(flatCache, folder))), {
          name: 'flat-cache by hand',
          note: 'in memory',
        }),
        ...(await pythonHits(bench)),
      ]
    },
  },
  {
    id: 'hit-async',
    title: () => 'A warm hit of an async function: two numbers to a small object',
    ...ROUNDS,
    contenders: async bench => {
      const { cachedict, folder } = bench
      const path = join(folder, 'x.lmdb')
      const cached = cachedict.decorate(measureLater, { path })
      const memoized = await (await memoizeFs.open(folderOf(memoizeFs, folder))).fn(measureLater)
      return [
        await asyncHits(bench, cached, { name: 'cachedict' }),
        await asyncHits(bench, cached.with({ memory: false }), {
          name: 'cachedict, memory: false',
          note: 'from the store',
        }),
        await asyncHits(bench, memoized, { name: memoizeFs.name }),
        ...(await Promise.all(
          installed(HAND_PEERS).map(async peer =>
            asyncHits(bench, laterByHand(await peer.open(folderOf(peer, folder))), {
              name: `${peer.name} by hand`,
              note: peer === flatCache ? 'in memory' : '',
            }),
          ),
        )),
      ]
    },
  },
]

/** The least that a hit can cost which is read from this engine. */
async function floor(bench: Bench): Promise<Contender> {
  const cache = await lmdbByHand.open(folderOf(lmdbByHand, bench.folder))
  return syncHits(bench, byHand(cache), {
    name: lmdbByHand.name,
    note: 'sha256 of JSON.stringify(args), get, MessagePack decode',
  })
}

function pythonHits(bench: Bench): Promise<readonly Contender[]> {
  return pythonContenders(bench, { work: 'hits', calls: hitCalls(bench) })
}
