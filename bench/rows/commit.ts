import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from '@msgpack/msgpack'
import writeFileAtomic from 'write-file-atomic'
import { type Station, stations } from '../entries.ts'
import { flatCache } from '../peers/flat-cache.ts'
import { keyvSqlite } from '../peers/keyv-sqlite.ts'
import { nodePersist } from '../peers/node-persist.ts'
import { folderOf, installed, type Peer } from '../peers/peer.ts'
import { timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const ENTRIES = 100_000
/** Peers that take many seconds for all entries are given this part of them, and their time is multiplied. */
const PORTIONS = new Map([
  [nodePersist, 1 / 20],
  [keyvSqlite, 1 / 200],
])

export const COMMIT: Row = {
  id: 'commit',
  title: ({ scaled }) => `Commit ${scaled(ENTRIES).toLocaleString('en')} small entries to a new file`,
  rounds: 9,
  warmUps: 1,
  settles: true,
  async contenders(bench) {
    const entries = stations(bench.scaled(ENTRIES))
    return [
      reference(bench, entries),
      block(bench, { name: 'cachedict, the commit', counts: 'commit', entries, aims: [{ times: 1.5 }] }),
      block(bench, { name: 'cachedict, the block with every set', counts: 'block', entries }),
      ...installed([flatCache, nodePersist, keyvSqlite]).map(peer => filled(bench, peer, entries)),
    ]
  },
}

type Entries = Readonly<Record<string, Station>>

/** The least that one file can cost: the map encoded once, and written once. */
function reference({ folder }: Bench, entries: Entries): Contender {
  const path = join(folder, 'reference')
  return {
    name: 'one encode + one write-file-atomic',
    note: 'synced',
    round: () => {
      rmSync(path, { force: true })
      return timedAsync(() => writeFileAtomic(path, encode(entries) as Buffer))
    },
  }
}

interface BlockContender extends Pick<Contender, 'name' | 'aims'> {
  readonly counts: 'block' | 'commit'
  readonly entries: Entries
}

function block({ cachedict, folder }: Bench, { counts, entries, ...labels }: BlockContender): Contender {
  const path = join(folder, `${counts}.cache`)
  return {
    ...labels,
    note: counts === 'commit' ? 'from the end of the body on; synced' : 'each set is journaled',
    async round() {
      await cachedict.close()
      rmSync(path, { force: true })
      let startedMs = performance.now()
      await cachedict.withCache(path, dict => {
        for (const [key, value] of Object.entries(entries)) dict.set(key, value)
        if (counts === 'commit') startedMs = performance.now()
      })
      return performance.now() - startedMs
    },
  }
}

function filled({ folder: parent }: Bench, peer: Peer, entries: Entries): Contender {
  const folder = folderOf(peer, parent)
  const portion = PORTIONS.get(peer) ?? 1
  const given = Object.fromEntries(
    Object.entries(entries).slice(0, Math.max(1, Object.keys(entries).length * portion)),
  )
  return {
    name: `${peer.name}, every set`,
    note: portion === 1 ? peer.note : `from 1/${1 / portion} of them; ${peer.note}`,
    ...(portion === 1 ? {} : { rounds: 3 }),
    operations: portion,
    async round() {
      rmSync(folder, { recursive: true, force: true })
      const cache = await peer.open(folder)
      const took = await timedAsync(async () => {
        await cache.setMany(given)
        await cache.save()
      })
      await cache.close()
      return took
    },
  }
}
