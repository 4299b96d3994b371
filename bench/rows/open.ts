import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, encode } from '@msgpack/msgpack'
import { type Station, stationKey, stations } from '../entries.ts'
import { flatCache } from '../peers/flat-cache.ts'
import { fillKeyv, keyvSqlite } from '../peers/keyv-sqlite.ts'
import { nodePersist } from '../peers/node-persist.ts'
import { folderOf, installed, type Peer } from '../peers/peer.ts'
import { timed, timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const ENTRIES = 100_000
/** A peer with a file per value reads one of them, however many there are: fewer will do. */
const FILES = 1_000

export const OPEN: Row = {
  id: 'open',
  title: ({ scaled }) => `Open a file of ${scaled(ENTRIES).toLocaleString('en')} small entries and get one`,
  rounds: 15,
  warmUps: 2,
  async contenders(bench) {
    const count = bench.scaled(ENTRIES)
    const entries = stations(count)
    const wanted = stationKey(Math.floor(count * 0.7))
    return [
      reference(bench, entries, wanted),
      await dictionary(bench, {
        name: 'cachedict, open and one get',
        entries,
        keys: [wanted],
        aims: [{ times: 0.5 }],
      }),
      await dictionary(bench, {
        name: 'cachedict, open and every get',
        entries,
        keys: Object.keys(entries),
      }),
      ...(await Promise.all(
        installed([flatCache, nodePersist, keyvSqlite]).map(peer => opened(bench, peer, entries)),
      )),
    ]
  },
}

type Entries = Readonly<Record<string, Station>>

function reference({ folder }: Bench, entries: Entries, wanted: string): Contender {
  const path = join(folder, 'reference')
  writeFileSync(path, encode(entries))
  return {
    name: 'read + decode the whole map',
    round: () => timed(() => check((decode(readFileSync(path)) as Entries)[wanted])),
  }
}

interface DictionaryContender extends Pick<Contender, 'name' | 'aims'> {
  readonly entries: Entries
  readonly keys: readonly string[]
}

async function dictionary(
  { cachedict, folder }: Bench,
  { entries, keys, ...labels }: DictionaryContender,
): Promise<Contender> {
  const path = join(folder, `${keys.length}.cache`)
  await cachedict.withCache(path, dict => {
    for (const [key, value] of Object.entries(entries)) dict.set(key, value)
  })
  return {
    ...labels,
    async round() {
      await cachedict.close()
      return timedAsync(() =>
        cachedict.withCache(path, 'r', dict => {
          for (const key of keys) check(dict.get(key))
        }),
      )
    },
  }
}

async function opened({ folder: parent }: Bench, peer: Peer, entries: Entries): Promise<Contender> {
  const folder = folderOf(peer, parent)
  const kept = peer === nodePersist ? Object.fromEntries(Object.entries(entries).slice(0, FILES)) : entries
  if (peer === keyvSqlite) await fillKeyv(folder, kept)
  else {
    const cache = await peer.open(folder)
    await cache.setMany(kept)
    await cache.save()
    await cache.close()
  }
  const wanted = stationKey(Math.floor(Object.keys(kept).length * 0.7))
  return {
    name: `${peer.name}, open and one get`,
    ...(peer === nodePersist ? { note: 'reads the one file of that value' } : {}),
    async round() {
      let close: () => unknown = () => {}
      const took = await timedAsync(async () => {
        const cache = await peer.open(folder)
        close = cache.close
        check(await cache.get(wanted))
      })
      await close()
      return took
    },
  }
}

/** Nobody is fast by not giving the value. */
function check(value: unknown): void {
  if ((value as Station | undefined)?.tags.length !== 2) throw new Error('The value is not there.')
}
