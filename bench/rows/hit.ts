import { join } from 'node:path'
import {
  flatCache,
  installed,
  keyvSqlite,
  loadMemoizeFs,
  MEMOIZE_FS_NOTE,
  nodePersist,
  type Peer,
  type PeerCache,
} from '../peers.ts'
import { timed, timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const CALLS = 2_000
/** Calls of so many different arguments, over and over. */
const ARGUMENTS = 100
const ROUNDS = { rounds: 15, warmUps: 3 }

interface Shape {
  readonly width: number
  readonly height: number
  readonly area: number
}

function measure(width: number, height: number): Shape {
  return { width, height, area: width * height }
}

async function measureLater(width: number, height: number): Promise<Shape> {
  return measure(width, height)
}

export const HIT_ROWS: readonly Row[] = [
  {
    id: 'hit-sync',
    title: () => 'A warm hit of a sync function: two numbers to a small object',
    ...ROUNDS,
    contenders: async bench => [
      await syncHit(bench, 'cachedict', cached(bench, 'copy')),
      await syncHit(bench, "cachedict, share: 'frozen'", cached(bench, 'frozen')),
      await syncHit(bench, 'flat-cache by hand', byHand(await flatCache.open(bench.folder)), flatCache.note),
    ],
  },
  {
    id: 'hit-async',
    title: () => 'A warm hit of an async function: two numbers to a small object',
    ...ROUNDS,
    contenders: async bench => {
      const { cachedict, folder } = bench
      const memoize = (await loadMemoizeFs())({ cachePath: join(folder, 'memoize-fs') })
      return [
        await asyncHit(bench, 'cachedict', cachedict.decorate(measureLater, { path: join(folder, 'a.cache') })),
        await asyncHit(bench, 'memoize-fs', await memoize.fn(measureLater), MEMOIZE_FS_NOTE),
        ...(await Promise.all(
          installed([flatCache, nodePersist, keyvSqlite]).map(async peer =>
            asyncHit(bench, `${peer.name} by hand`, laterByHand(await openIn(bench, peer)), peer.note),
          ),
        )),
      ]
    },
  },
]

function cached({ cachedict, folder }: Bench, share: 'copy' | 'frozen'): typeof measure {
  return cachedict.decorate(measure, { path: join(folder, `${share}.cache`), share })
}

function openIn({ folder }: Bench, peer: Peer): Promise<PeerCache> {
  return peer.open(join(folder, peer.name.replaceAll(/\W+/g, '-')))
}

/** What people write who cache by hand. */
function byHand(cache: PeerCache): typeof measure {
  return (width, height) => {
    const key = JSON.stringify([width, height])
    let value = cache.get(key) as Shape | undefined
    if (value === undefined) {
      value = measure(width, height)
      cache.set(key, value)
    }
    return value
  }
}

export function laterByHand(cache: PeerCache): typeof measureLater {
  return async (width, height) => {
    const key = JSON.stringify([width, height])
    let value = (await cache.get(key)) as Shape | undefined
    if (value === undefined) {
      value = await measureLater(width, height)
      await cache.set(key, value)
    }
    return value
  }
}

async function syncHit(bench: Bench, name: string, fn: typeof measure, note?: string): Promise<Contender> {
  const calls = bench.scaled(CALLS, ARGUMENTS)
  for (let n = 0; n < ARGUMENTS; n += 1) fn(n, 2)
  return {
    name,
    operations: calls,
    ...(note === undefined ? {} : { note }),
    round: () =>
      timed(() => {
        for (let n = 0; n < calls; n += 1) check(fn(n % ARGUMENTS, 2), n % ARGUMENTS)
      }),
  }
}

async function asyncHit(
  bench: Bench,
  name: string,
  fn: typeof measureLater,
  note?: string,
): Promise<Contender> {
  const calls = bench.scaled(CALLS, ARGUMENTS)
  for (let n = 0; n < ARGUMENTS; n += 1) await fn(n, 2)
  return {
    name,
    operations: calls,
    ...(note === undefined ? {} : { note }),
    round: () =>
      timedAsync(async () => {
        for (let n = 0; n < calls; n += 1) check(await fn(n % ARGUMENTS, 2), n % ARGUMENTS)
      }),
  }
}

function check(shape: Shape, width: number): void {
  if (shape.area !== width * 2) throw new Error('That is another call’s result.')
}
