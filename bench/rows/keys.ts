import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { memoizeFs } from '../peers/memoize-fs.ts'
import { folderOf } from '../peers/peer.ts'
import { timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const CALLS = 10_000
const LARGE_BYTES = 100e6
const SMALL_ARGUMENTS = ['Paris', 2024, { units: 'metric', hourly: true, limit: 10 }] as const

function forecast(city: string, year: number, options: object): unknown {
  return [city, year, options]
}

export const KEYS_ROWS: readonly Row[] = [
  {
    id: 'keys-small',
    title: () => 'The key of a call: a string, a number and a small object',
    rounds: 15,
    warmUps: 3,
    contenders: async bench => {
      const cached = bench.cachedict.decorate(forecast, { path: join(bench.folder, 'keys.cache') })
      const calls = bench.scaled(CALLS, 100)
      return [
        repeated('sha256 of JSON.stringify(args)', calls, () => sha256(JSON.stringify(SMALL_ARGUMENTS))),
        repeated('cachedict, fn.keyOf(…args)', calls, () => cached.keyOf(...SMALL_ARGUMENTS)),
        await memoizeFsKeys(bench, calls),
      ]
    },
  },
  {
    id: 'keys-large',
    title: ({ scaled }) => `The key of a call: a Float64Array of ${scaled(LARGE_BYTES) / 1e6} MB`,
    rounds: 9,
    warmUps: 1,
    contenders: async bench => {
      const array = Float64Array.from({ length: bench.scaled(LARGE_BYTES) / 8 }, (_, index) => index / 3)
      const sum = (values: Float64Array) => values.length
      const cached = bench.cachedict.decorate(sum, { path: join(bench.folder, 'keys.cache') })
      return [
        repeated('sha256 of its bytes', 1, () => sha256(new Uint8Array(array.buffer))),
        // 0.8 of its speed.
        { ...repeated('cachedict, fn.keyOf(array)', 1, () => cached.keyOf(array)), aims: [{ times: 1.25 }] },
      ]
    },
  },
]

async function memoizeFsKeys({ folder }: Bench, calls: number): Promise<Contender> {
  const memoizer = await memoizeFs.open(folderOf(memoizeFs, folder))
  return {
    ...repeated('memoize-fs, getCacheFilePath', calls, () =>
      memoizer.getCacheFilePath(forecast, SMALL_ARGUMENTS, {}),
    ),
    note: 'md5 of source and JSON: all Maps share a key, all RegExps too',
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function repeated(name: string, calls: number, keyOf: () => string | Promise<string>): Contender {
  return {
    name,
    operations: calls,
    round: () =>
      timedAsync(async () => {
        for (let call = 0; call < calls; call += 1) {
          if ((await keyOf()) === '') throw new Error('An empty key.')
        }
      }),
  }
}
