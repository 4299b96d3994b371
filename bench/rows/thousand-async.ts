import { join } from 'node:path'
import { encode } from '@msgpack/msgpack'
import { openLmdb } from '../peers/lmdb-by-hand.ts'
import { timedAsync } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'
import { check, HEIGHT, measureLater, type Shape } from '../shapes.ts'

const CALLS = 1_000

export const THOUSAND_ASYNC: Row = {
  id: 'thousand-async',
  title: ({ scaled }) =>
    `First calls of an async function, ${scaled(CALLS).toLocaleString('en')} at a time: each of them`,
  rounds: 15,
  warmUps: 2,
  compares: 'above',
  settles: true,
  contenders: async bench => {
    const { cachedict, folder } = bench
    const [tree, file] = ['x.lmdb', 'x.cache'].map(name =>
      cachedict.decorate(measureLater, { path: join(folder, name) }),
    )
    return [
      together(bench, measureLater, { name: 'the function alone' }),
      together(bench, tree!, { name: 'cachedict, x.lmdb', note: 'synced', aims: [{ above: 0.015 }] }),
      together(bench, file!, { name: 'cachedict, x.cache', note: 'one file; synced' }),
      together(bench, puts(bench), { name: 'lmdb by hand, put', note: 'nothing is looked up; synced' }),
    ]
  },
}

/** The function, and its result written: the engine gathers what is put at one moment. */
function puts({ folder }: Bench): typeof measureLater {
  const database = openLmdb(join(folder, 'by-hand.lmdb'))
  return async (width, height): Promise<Shape> => {
    const shape = await measureLater(width, height)
    await database.put(Buffer.from(JSON.stringify([width, height])), encode(shape))
    return shape
  }
}

/** Each round calls for results that nobody has called for. */
function together(
  bench: Bench,
  fn: typeof measureLater,
  labels: Pick<Contender, 'name' | 'note' | 'aims'>,
): Contender {
  const calls = bench.scaled(CALLS)
  let next = 0
  return {
    ...labels,
    operations: calls,
    round: () =>
      timedAsync(async () => {
        const widths = Array.from({ length: calls }, (_, index) => next + index)
        next += calls
        const shapes = await Promise.all(widths.map(width => fn(width, HEIGHT)))
        shapes.forEach((shape, index) => {
          check(shape, widths[index]!, HEIGHT)
        })
      }),
  }
}
