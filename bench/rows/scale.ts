import { spawnSync } from 'node:child_process'
import { quantile } from '../figures.ts'
import { type Filled, filledStore } from '../filled.ts'
import type { ProcessMemory } from '../process-memory.ts'
import { programPath, runProgram } from '../programs.ts'
import { randomFrom } from '../random.ts'
import { timed } from '../rounds.ts'
import { absent, type Bench, type Contender, type Row } from '../row.ts'
import { check, HEIGHT, measureLater } from '../shapes.ts'

const FEW = 1_000
const MANY = 1_000_000
/** Of which the slowest hundredth is looked at. */
const TIMED_HITS = 5_000
const RECALLED = 10_000

export const SCALE_ROWS: readonly Row[] = [
  {
    id: 'scale-hit',
    title: () => 'The slowest hundredth of hits begins here (p99): random ones, memory: false',
    rounds: 15,
    warmUps: 3,
    contenders: async bench => [
      slowHit(bench, few(bench)),
      { ...slowHit(bench, many(bench)), aims: [{ times: 2 }] },
    ],
  },
  {
    id: 'scale-start',
    title: () => 'Start a Node process that opens a store, recalls one result and ends',
    rounds: 15,
    warmUps: 2,
    compares: 'above',
    contenders: async bench => [
      started('bare Node', ['--input-type=module', '--eval', '']),
      firstHit(few(bench)),
      { ...firstHit(many(bench)), aims: [{ above: 80 }] },
    ],
  },
  {
    id: 'scale-fill-memory',
    title: () =>
      'Memory of a process that computes and keeps them all, 1,000 at a time: the most that was resident',
    rounds: 1,
    warmUps: 0,
    unit: 'bytes',
    contenders: async bench => [few(bench), many(bench)].map(filled),
  },
  {
    id: 'scale-hit-memory',
    title: ({ scaled }) =>
      `Memory of a process that recalls ${scaled(RECALLED).toLocaleString('en')} random ones`,
    rounds: 3,
    warmUps: 0,
    unit: 'bytes',
    contenders: async bench =>
      (['peakBytes', 'ownBytes'] as const).flatMap(figure =>
        [few(bench), many(bench)].map(store => recalled(bench, store, figure)),
      ),
  },
]

function few(bench: Bench): Filled {
  return filledStore(bench, bench.scaled(FEW))
}

function many(bench: Bench): Filled {
  return filledStore(bench, bench.scaled(MANY))
}

function slowHit(bench: Bench, store: Filled): Contender {
  const cached = bench.cachedict.decorate(measureLater, { path: store.path, access: 'r', memory: false })
  const hits = bench.scaled(TIMED_HITS, 100)
  const random = randomFrom(store.count)
  return {
    name: entriesOf(store),
    async round() {
      const took = new Float64Array(hits)
      for (let hit = 0; hit < hits; hit += 1) {
        const width = Math.floor(random() * store.count)
        const startedMs = performance.now()
        const shape = await cached(width, HEIGHT)
        took[hit] = performance.now() - startedMs
        check(shape, width, HEIGHT)
      }
      return quantile([...took], 0.99)
    },
  }
}

function firstHit(store: Filled): Contender {
  const width = Math.floor(store.count * 0.7)
  return started(entriesOf(store), [programPath('first-hit'), store.path, String(width)])
}

function started(name: string, args: readonly string[]): Contender {
  return {
    name,
    round: () =>
      timed(() => {
        const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
        if (status !== 0) throw new Error(`The process of "${name}" failed: ${stderr}`)
      }),
  }
}

function filled(store: Filled): Contender {
  const { peakBytes } = store.memory
  return { name: entriesOf(store), note: 'pages of files included', round: () => peakBytes }
}

function recalled(bench: Bench, store: Filled, figure: keyof ProcessMemory): Contender {
  const name = `${entriesOf(store)}${figure === 'ownBytes' ? ', its own' : ''}`
  if (figure === 'ownBytes' && process.platform !== 'linux') return absent(name, 'only Linux tells')
  const recall = () =>
    runProgram('recall', [store.path, store.count, bench.scaled(RECALLED)]) as ProcessMemory
  return {
    name,
    note:
      figure === 'ownBytes'
        ? 'without pages of files, which the system can take back; at the end'
        : 'the most that was resident, pages of files included',
    round: () => recall()[figure] ?? Number.NaN,
  }
}

function entriesOf({ count }: Filled): string {
  return `${count.toLocaleString('en')} entries`
}
