import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { flatCache, folderOf, installed, keyvSqlite, memoizeFs, nodePersist } from '../peers.ts'
import { timed, timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { check, laterByHand, measure, measureLater } from '../shapes.ts'

/** So many first calls are one round. */
const CALLS = 10
const HEIGHT = 3
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
    const now = cachedict.decorate(measure, { path: join(folder, 'sync.cache') })
    const later = cachedict.decorate(measureLater, { path: join(folder, 'async.cache') })
    const memoized = await (await memoizeFs.open(folderOf(memoizeFs, folder))).fn(measureLater)
    const hands = installed([nodePersist, flatCache, keyvSqlite]).map(async peer => {
      const cache = await peer.open(folderOf(peer, folder))
      return calls({ name: `${peer.name} by hand`, note: peer.note, fn: laterByHand(cache) })
    })
    return [
      bare(bench),
      calls({ name: 'cachedict, sync function', note: 'synced', fn: now }),
      calls({ name: 'cachedict, async function', note: 'synced', fn: later }),
      calls({ name: memoizeFs.name, note: memoizeFs.note, fn: memoized }),
      ...(await Promise.all(hands)),
    ]
  },
}

/** The least that a durable result can cost on this disk. */
function bare({ folder }: Bench): Contender {
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

interface Called extends Pick<Contender, 'name' | 'note'> {
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
