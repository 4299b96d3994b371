import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { close, decorate, withCache } from 'cachedict'
import { litterOf } from '../support/lmdb-litter.ts'
import { type Program, readLog, runProgram } from '../support/program.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { contradictions, type History, historyOf, longestWait } from './register-history.ts'

const IN_SOAK = process.env.SOAK_MINUTES !== undefined
const WORKERS = IN_SOAK ? 8 : 4
/** Of each store. */
const KILLS = 100
const STOPS = 0.2
const LONGEST_STOP_MS = 100
/** After a kill nobody waits longer, on a machine that has time for everybody. */
const LONGEST_WAIT_MS = IN_SOAK ? 3_000 : 1_000

describe('Many processes on one store, of which any may be killed or stopped at any time', function () {
  this.timeout(0)
  const at = temporaryFolder()
  afterEach(() => close())

  for (const store of ['x.cache', 'x.lmdb']) {
    it(`show on ${store} what one register for each key would, lose nothing, never fail, and leave nothing behind`, async () => {
      for (const round of rounds(1)) {
        const folder = at(`${round}`)
        mkdirSync(folder)
        await storm(join(folder, store), newSeed())
        rmSync(folder, { recursive: true })
      }
    })
  }
})

async function storm(path: string, seed: number): Promise<void> {
  const random = randomOf(seed)
  const logs: string[] = []
  const start = async (): Promise<Program> => {
    const log = join(dirname(path), `${logs.length}.log`)
    logs.push(log)
    const args = [path, log, `${logs.length}`, `${seed + logs.length}`]
    const program = runProgram('spec/together/programs/histories.ts', { args })
    await program.line()
    return program
  }
  const running = new Set<Program>()
  const startOne = async () => void running.add(await start())
  await Promise.all(Array.from({ length: WORKERS }, startOne))
  const killedAt: number[] = []
  let starting: Promise<unknown> = Promise.resolve()
  while (killedAt.length < KILLS) {
    await pause(5 + random() * 55)
    // There is always one that nobody disturbs.
    if (running.size < 3) await starting
    const [victim, stopped] = inAnyOrder([...running], random)
    if (random() < STOPS) {
      stopped!.process.kill('SIGSTOP')
      setTimeout(() => stopped!.process.kill('SIGCONT'), random() * LONGEST_STOP_MS)
    }
    running.delete(victim!)
    const { stderr } = await victim!.kill()
    killedAt.push(now())
    assert.equal(stderr, '', `seed ${seed}`)
    starting = Promise.all([starting, startOne()])
  }
  await starting
  for (const program of running) assert.equal((await program.kill()).stderr, '', `seed ${seed}`)

  const history = historyOf(logs.map(readLog))
  const reads = [...history.reads, ...(await lastReads(path, history))]
  const found = contradictions({ ...history, reads })
  assert.deepEqual(found.slice(0, 5), [], `${found.length} contradictions, seed ${seed}`)
  const waitedMs = longestWait(history, killedAt) / 1000
  if (process.env.SPEC_SAYS !== undefined)
    console.log(
      `      ${killedAt.length} kills, ${history.writes.size} writes, ${history.reads.length} reads, ` +
        `${history.facts.size} facts, ${history.calls.size} calls, longest wait ${waitedMs} ms`,
    )
  assert.ok(waitedMs < LONGEST_WAIT_MS, `somebody waited ${waitedMs} ms after a kill, seed ${seed}`)
  await checkLitter(path)
}

/** What another process sees at last: among it, everything that was said to be kept for good. */
async function lastReads(path: string, { writes, facts, calls }: History): Promise<History['reads']> {
  const from = now()
  const reads = await withCache<{ tag: string }, string, History['reads']>(path, 'r', dict => {
    const keys = new Set([...writes.values()].map(({ key }) => key).filter(key => key.startsWith('k')))
    for (const key of facts) assert.equal(dict.get(key)?.tag, key.slice(1))
    return [...keys].map(key => ({ key, tag: dict.get(key)?.tag ?? '-', from, to: now() }))
  })
  const kept = (name: string) => decorate((n: number) => ({ n }), { name, path, code: 'off', access: 'r' })
  for (const call of calls) {
    const [name = '', n = ''] = call.split(' ')
    assert.equal((await kept(name)(Number(n))).n, Number(n))
  }
  return reads
}

/** One writing session later, nothing is left that nobody refers to. */
async function checkLitter(path: string): Promise<void> {
  await withCache(path, dict => dict.set('last', 1))
  await close()
  const left = readdirSync(dirname(path)).filter(name => !name.endsWith('.log'))
  assert.deepEqual(left, [basename(path)])
  if (path.endsWith('.lmdb')) assert.deepEqual(litterOf(path), [])
}

function inAnyOrder<T>(list: readonly T[], random: () => number): T[] {
  const drawn = list.map(item => ({ item, draw: random() }))
  return drawn.sort((a, b) => a.draw - b.draw).map(({ item }) => item)
}

function now(): number {
  return Number(process.hrtime.bigint() / 1000n)
}
