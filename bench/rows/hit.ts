import { join } from 'node:path'
import { flatCache, folderOf, installed, keyvSqlite, memoizeFs, nodePersist } from '../peers.ts'
import { timed, timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { byHand, check, laterByHand, measure, measureLater } from '../shapes.ts'

const CALLS = 2_000
/** Calls of so many different arguments, over and over. */
const ARGUMENTS = 100
const HEIGHT = 2

export const HIT_ROWS: readonly Row[] = [
  {
    id: 'hit-sync',
    title: () => 'A warm hit of a sync function: two numbers to a small object',
    rounds: 15,
    warmUps: 3,
    contenders: async bench => {
      const { cachedict, folder } = bench
      const copy = cachedict.decorate(measure, { path: join(folder, 'copy.cache') })
      const frozen = cachedict.decorate(measure, { path: join(folder, 'frozen.cache'), share: 'frozen' })
      return [
        syncHit(bench, 'cachedict', copy),
        syncHit(bench, "cachedict, share: 'frozen'", frozen),
        syncHit(bench, 'flat-cache by hand', byHand(await flatCache.open(folder)), 'in memory'),
      ]
    },
  },
  {
    id: 'hit-async',
    title: () => 'A warm hit of an async function: two numbers to a small object',
    rounds: 15,
    warmUps: 3,
    contenders: async bench => {
      const { cachedict, folder } = bench
      const cached = cachedict.decorate(measureLater, { path: join(folder, 'copy.cache') })
      const memoized = await (await memoizeFs.open(folderOf(memoizeFs, folder))).fn(measureLater)
      const hands = installed([nodePersist, keyvSqlite, flatCache]).map(async peer => {
        const cache = await peer.open(folderOf(peer, folder))
        return asyncHit(
          bench,
          `${peer.name} by hand`,
          laterByHand(cache),
          peer === flatCache ? 'in memory' : '',
        )
      })
      return Promise.all([
        asyncHit(bench, 'cachedict', cached),
        asyncHit(bench, memoizeFs.name, memoized),
        ...hands,
      ])
    },
  },
]

function syncHit(bench: Bench, name: string, fn: typeof measure, note = ''): Contender {
  const calls = bench.scaled(CALLS, ARGUMENTS)
  for (let width = 0; width < ARGUMENTS; width += 1) fn(width, HEIGHT)
  return {
    name,
    note,
    operations: calls,
    round: () =>
      timed(() => {
        for (let call = 0; call < calls; call += 1) {
          const width = call % ARGUMENTS
          check(fn(width, HEIGHT), width, HEIGHT)
        }
      }),
  }
}

async function asyncHit(bench: Bench, name: string, fn: typeof measureLater, note = ''): Promise<Contender> {
  const calls = bench.scaled(CALLS, ARGUMENTS)
  for (let width = 0; width < ARGUMENTS; width += 1) await fn(width, HEIGHT)
  return {
    name,
    note,
    operations: calls,
    round: () =>
      timedAsync(async () => {
        for (let call = 0; call < calls; call += 1) {
          const width = call % ARGUMENTS
          check(await fn(width, HEIGHT), width, HEIGHT)
        }
      }),
  }
}
