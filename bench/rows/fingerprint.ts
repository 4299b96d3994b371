import { join } from 'node:path'
import { syncHits } from '../hits.ts'
import { runProgram } from '../programs.ts'
import { timed, timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { HEIGHT, type measure } from '../shapes.ts'

const CLOSURES = 500
const AWAITS = 300_000

export const FINGERPRINT_ROWS: readonly Row[] = [
  {
    id: 'fingerprint-first',
    title: () => 'The first fingerprint in a process',
    rounds: 15,
    warmUps: 2,
    contenders: async () => [
      first('small', 'of a small function', 20),
      first('lodash', 'of one that reaches lodash', 25),
      first('typescript', 'of one that reaches typescript', 60),
    ],
  },
  {
    id: 'fingerprint-loop',
    title: () => 'What is asked of each closure that is made in a loop',
    rounds: 15,
    warmUps: 3,
    contenders: async ({ cachedict, folder, scaled }) => {
      const { fingerprint, withCache } = cachedict
      const count = scaled(CLOSURES, 50)
      const path = join(folder, 'loop')
      const evaluateAll = () =>
        withCache(path, dict => {
          for (let n = 0; n < count; n += 1) dict.evaluate(`step ${n}`, () => load('a', n))
        })
      await evaluateAll()
      return [
        {
          name: 'fingerprint',
          operations: count,
          aims: [{ most: 0.3 }],
          round: () =>
            timed(() => {
              for (let n = 0; n < count; n += 1) fingerprint(() => load('a', n))
            }),
        },
        {
          name: 'dict.evaluate, a hit',
          operations: count,
          note: 'opening the file included',
          round: () => timedAsync(evaluateAll),
        },
      ]
    },
  },
  {
    id: 'fingerprint-hit',
    title: () => 'A warm hit with and without the code, from the store',
    rounds: 15,
    warmUps: 3,
    contenders: async bench => {
      const cached = (code: 'off' | 'deep') =>
        bench.cachedict.decorate(reaching, {
          path: join(bench.folder, `${code}.lmdb`),
          code,
          memory: false,
        })
      return [
        syncHits(bench, cached('off'), { name: "code: 'off'" }),
        syncHits(bench, cached('deep'), { name: "code: 'deep'", aims: [{ times: 1.1 }] }),
      ]
    },
  },
  {
    id: 'fingerprint-await',
    title: ({ scaled }) =>
      `${scaled(AWAITS).toLocaleString('en')} awaits, when fingerprints and evaluations are done`,
    rounds: 21,
    warmUps: 3,
    contenders: async bench => [
      awaits(bench, 'before any', () => {}),
      {
        ...awaits(bench, 'after a hundred', () => {
          for (let n = 0; n < 100; n += 1) bench.cachedict.fingerprint(() => load('b', n))
        }),
        aims: [{ times: 1.05 }],
      },
    ],
  },
]

const limits = { a: 1, b: 2 }

function load(name: keyof typeof limits, n: number): number {
  return scale(limits[name]) + n
}

function scale(n: number): number {
  return n * 3
}

/** As `measure`, with more behind it. */
const reaching: typeof measure = (width, height) => ({
  width,
  height: height + load('a', 0) - load('a', 0) + (height === HEIGHT ? 0 : 1),
  area: width * height,
})

function first(what: string, name: string, most: number): Contender {
  return { name, aims: [{ most }], round: () => runProgram('fingerprint', [what]) as number }
}

function awaits({ scaled }: Bench, name: string, before: () => void): Contender {
  const count = scaled(AWAITS, 1_000)
  return {
    name,
    round: () => {
      before()
      return timedAsync(async () => {
        for (let n = 0; n < count; n += 1) await n
      })
    },
  }
}
