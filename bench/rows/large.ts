import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pythonContenders } from '../python/contenders.ts'
import { timed } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const LARGE_BYTES = 100e6
const NOTES = { diskcache: 'pickled, unverified, unsynced', joblib: 'unverified, unsynced' }

export const LARGE_ROWS: readonly Row[] = [
  {
    id: 'large-hit',
    title: bench => `A hit whose value is a Float64Array of ${largeBytes(bench) / 1e6} MB`,
    rounds: 11,
    warmUps: 2,
    contenders: async bench => {
      const array = largeArray(bench)
      return [
        bareRead(bench, array),
        hit(bench, array, { path: 'x.lmdb', aims: [{ times: 1.5 }] }),
        hit(bench, array, { path: 'x.cache', note: 'one file' }),
        ...(await python(bench, 'large-hits')),
      ]
    },
  },
  {
    id: 'large-put',
    title: bench => `A first call whose value is a Float64Array of ${largeBytes(bench) / 1e6} MB`,
    rounds: 9,
    warmUps: 1,
    settles: true,
    contenders: async bench => {
      const array = largeArray(bench)
      return [
        bareWrite(bench, array),
        put(bench, array, { path: 'x.lmdb', aims: [{ times: 1.5 }] }),
        put(bench, array, { path: 'x.cache', note: 'one file' }),
        ...(await python(bench, 'large-puts')),
      ]
    },
  },
]

function largeBytes({ scaled }: Bench): number {
  return Math.ceil(scaled(LARGE_BYTES) / 8) * 8
}

function largeArray(bench: Bench): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: largeBytes(bench) / 8 }, (_, index) => index / 3)
}

function bareRead({ folder }: Bench, array: Float64Array<ArrayBuffer>): Contender {
  const path = join(folder, 'bare')
  writeFileSync(path, new Uint8Array(array.buffer))
  return {
    name: 'readFileSync',
    note: 'the same bytes; nothing is verified',
    round: () => timed(() => check(new Float64Array(readFileSync(path).buffer), array)),
  }
}

function bareWrite({ folder }: Bench, array: Float64Array<ArrayBuffer>): Contender {
  const path = join(folder, 'bare')
  return {
    name: 'one copy, write, fsync, rename',
    note: 'the same bytes; synced',
    round() {
      rmSync(path, { force: true })
      return timed(() => {
        const copy = new Uint8Array(array.buffer.slice(0))
        const fd = openSync(`${path}.new`, 'w')
        try {
          writeFileSync(fd, copy)
          fsyncSync(fd)
        } finally {
          closeSync(fd)
        }
        renameSync(`${path}.new`, path)
      })
    },
  }
}

interface Kept extends Pick<Contender, 'aims' | 'note'> {
  readonly path: string
}

function hit({ cachedict, folder }: Bench, array: Float64Array, { path, note, aims = [] }: Kept): Contender {
  const cached = cachedict.decorate(() => array, { name: 'large', path: join(folder, path), memory: false })
  cached()
  return {
    name: `cachedict, ${path}`,
    aims,
    note: [note, 'verified'].filter(Boolean).join('; '),
    round: () => timed(() => check(cached(), array)),
  }
}

function put({ cachedict, folder }: Bench, array: Float64Array, { path, note, aims = [] }: Kept): Contender {
  const large = (_seed: number) => array
  const cached = cachedict.decorate(large, { path: join(folder, path), memory: false })
  let seed = 0
  return {
    name: `cachedict, ${path}`,
    aims,
    note: [note, 'with its checksum; synced'].filter(Boolean).join('; '),
    async round() {
      seed += 1
      const took = timed(() => check(cached(seed), array))
      await cached.forget(seed)
      return took
    },
  }
}

/** Nobody is fast by giving another array. */
function check(value: Float64Array, array: Float64Array): void {
  if (value.length !== array.length || value.at(-1) !== array.at(-1)) throw new Error('Another array.')
}

function python(bench: Bench, work: 'large-hits' | 'large-puts'): Promise<readonly Contender[]> {
  return pythonContenders(bench, { work, calls: 1, notes: NOTES, largeBytes: largeBytes(bench) })
}
