import { spawn } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { programPath } from '../programs.ts'
import { randomFrom } from '../random.ts'
import { timed } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { sizeOnDisk } from '../size-on-disk.ts'

const TOTAL_BYTES = 1e9
const BOUND_BYTES = 50e6
const SMALLEST_BYTES = 200
const LARGEST_BYTES = 5e6
/** The puts whose time is taken are made in so many parts. */
const PARTS = 10

export const EVICTION_ROWS: readonly Row[] = [
  {
    id: 'eviction-size',
    title: bench =>
      `${megabytes(bench, TOTAL_BYTES)} of results under maxSize: ${megabytes(bench, BOUND_BYTES)}: the most that du showed`,
    rounds: 1,
    warmUps: 0,
    unit: 'bytes',
    contenders: async bench => [
      { name: 'maxSize', round: () => bench.scaled(BOUND_BYTES) },
      { name: 'cachedict, x.lmdb', ...mostOnDisk(bench, 'x.lmdb'), aims: [{ times: 1.25 }] },
      { name: 'cachedict, x.cache', ...mostOnDisk(bench, 'x.cache'), note: 'one file' },
    ],
  },
  {
    id: 'eviction-put',
    title: bench => `A first call among ${megabytes(bench, TOTAL_BYTES)} of results of 200 B to 5 MB`,
    rounds: PARTS - 1,
    warmUps: 1,
    settles: true,
    contenders: async bench => [
      puts(bench, { name: 'cachedict, no bound', folder: 'free' }),
      puts(bench, {
        name: `cachedict, maxSize: ${megabytes(bench, BOUND_BYTES)}`,
        folder: 'bound',
        maxSize: bench.scaled(BOUND_BYTES),
      }),
    ],
  },
]

function megabytes({ scaled }: Bench, bytes: number): string {
  return `${scaled(bytes) / 1e6} MB`
}

/** Sizes up to `totalBytes` together, as many between 1 and 10 kB as between 10 and 100. */
function sizesUpTo(bench: Bench, totalBytes: number): readonly number[] {
  const random = randomFrom(1)
  const span = bench.scaled(LARGEST_BYTES, SMALLEST_BYTES * 2) / SMALLEST_BYTES
  const sizes: number[] = []
  for (let sum = 0; sum < totalBytes; sum += sizes.at(-1)!) {
    sizes.push(Math.round(SMALLEST_BYTES * span ** random()))
  }
  return sizes
}

/** A result that no compression could make smaller. */
function result(_id: number, sizeBytes: number): Uint8Array {
  return randomFillSync(new Uint8Array(sizeBytes))
}

function mostOnDisk(bench: Bench, name: string): Pick<Contender, 'round'> {
  const folder = join(bench.folder, name.replace('.', '-'))
  mkdirSync(folder)
  const cached = bench.cachedict.decorate(result, {
    path: join(folder, name),
    maxSize: bench.scaled(BOUND_BYTES),
    memory: false,
  })
  const sizes = sizesUpTo(bench, bench.scaled(TOTAL_BYTES))
  return {
    async round() {
      // Between two puts this process looks, during them another one.
      const watcher = spawn(process.execPath, [programPath('watch-size'), folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      let mostBytes = 0
      try {
        for (const [id, sizeBytes] of sizes.entries()) {
          cached(id, sizeBytes)
          mostBytes = Math.max(mostBytes, sizeOnDisk(folder))
        }
      } finally {
        watcher.stdin.end()
      }
      const seen = (await json(watcher.stdout)) as { readonly mostBytes: number }
      if (watcher.exitCode === null) await once(watcher, 'exit')
      return Math.max(mostBytes, seen.mostBytes)
    },
  }
}

interface Puts {
  readonly name: string
  readonly folder: string
  readonly maxSize?: number
}

/** The time is that of all calls: `result` only picks up what was computed before. */
function puts(bench: Bench, { name, folder, maxSize }: Puts): Contender {
  const sizes = sizesUpTo(bench, bench.scaled(TOTAL_BYTES) / PARTS)
  const values = sizes.map((sizeBytes, index) => result(index, sizeBytes))
  const prepared = (_part: number, index: number) => values[index]!
  const cached = bench.cachedict.decorate(prepared, {
    path: join(bench.folder, folder, 'x.lmdb'),
    memory: false,
    ...(maxSize === undefined ? {} : { maxSize }),
  })
  let part = 0
  return {
    name,
    note: 'synced',
    operations: sizes.length,
    round() {
      part += 1
      return timed(() => {
        for (const index of sizes.keys()) cached(part, index)
      })
    },
  }
}
