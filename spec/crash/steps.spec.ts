import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { CacheDict, close, withCache } from 'cachedict'
import { inPairs } from '../support/in-pairs.ts'
import { litterOf } from '../support/lmdb-litter.ts'
import { besides, readLog, runProgram } from '../support/program.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PROGRAM = 'spec/crash/programs/steps.ts'
const PLACES = ['inside', 'after evaluate', 'after update']
/** About what a run takes that finds nearly everything done, and so much longer after each kill: a slow machine gets there, too. */
const LONGEST_LIFE_MS = 250
const MORE_LIFE_MS = 25

for (const kind of ['cache', 'lmdb']) {
  describe(`A script of many steps that dies and is run again, on .${kind}`, function () {
    this.timeout(0)
    const at = temporaryFolder()

    it('goes on where it died, killed at every place of every step of a short one', async () => {
      const steps = 6
      const cases = Array.from({ length: steps }, (_, step) => PLACES.map(place => ({ step, place }))).flat()
      await inPairs(cases, async ({ step, place }) => {
        const file = at(`${step}-${place}.${kind}`)
        const log = at(`${step}-${place}.log`)
        const args = [file, log, String(steps)]
        const killed = await runProgram(PROGRAM, { args: [...args, String(step), place] }).ended
        assert.equal(killed.signal, 'SIGKILL')
        const { stderr } = await runProgram(PROGRAM, { args }).done()
        assert.equal(stderr, '')
        const starts = countStarts(readLog(log))
        const twice = place === 'inside' ? [step] : []
        for (let each = 0; each < steps; each += 1) {
          assert.equal(
            starts.get(each),
            twice.includes(each) ? 2 : 1,
            `step ${each}, killed ${place} of ${step}`,
          )
        }
        checkLog(readLog(log))
      })
      await checkResults(at(`4-inside.${kind}`), steps)
    })

    it('goes on where it died, killed at random moments until 200 steps are done', async () => {
      const seed = newSeed()
      const random = randomOf(seed)
      for (const round of rounds(2)) {
        const file = at(`${round}.${kind}`)
        const log = at(`${round}.log`)
        let kills = 0
        for (let isDone = false; !isDone; ) {
          const program = runProgram(PROGRAM, { args: [file, log, '200'] })
          const isUp = program.line().catch(() => '')
          const alarm = isUp.then(() => pause(random() * (LONGEST_LIFE_MS + kills * MORE_LIFE_MS)))
          const ending = await Promise.race([program.ended, alarm.then(() => program.kill())])
          isDone = ending.code === 0
          if (!isDone) kills += 1
          assert.ok(isDone || ending.signal === 'SIGKILL', `${ending.stderr} (seed ${seed})`)
          assert.equal(ending.stderr, '', `seed ${seed}`)
        }
        assert.ok(kills > 0)
        checkLog(readLog(log))
        await checkResults(file, 200)
        // What the dead left is taken away by whoever writes next: the last run may have found everything done.
        await withCache(file, dict => dict.set('last', 199))
        await close(file)
        assert.deepEqual(
          besides(file).filter(name => name.startsWith(`${round}.${kind}`)),
          [],
        )
        if (kind === 'lmdb') assert.deepEqual(litterOf(file), [])
      }
    })
  })
}

/** What was finished once is never begun again, no value is wrong, and each run finds what the one before it did. */
function checkLog(lines: readonly string[]): void {
  const done = new Set<string>()
  let did = -1
  for (const line of lines) {
    const [what = '', step = ''] = line.split(' ')
    assert.notEqual(what, 'wrong', line)
    if (what === 'start') assert.ok(!done.has(step), `step ${step} was done, and begun again`)
    if (what === 'done') done.add(step)
    if (what === 'did') did = Math.max(did, Number(step))
    if (what === 'sees')
      assert.ok(Number(step) === did || Number(step) === did + 1, `did ${did}, sees ${step}`)
  }
}

function countStarts(lines: readonly string[]): ReadonlyMap<number, number> {
  const starts = new Map<number, number>()
  for (const line of lines) {
    const step = /^start (\d+)$/.exec(line)?.[1]
    if (step !== undefined) starts.set(Number(step), (starts.get(Number(step)) ?? 0) + 1)
  }
  return starts
}

async function checkResults(file: string, steps: number): Promise<void> {
  await using dict = await CacheDict.open<unknown, string>(file, 'r')
  const all = Array.from({ length: steps }, (_, step) => step)
  assert.equal(dict.size, steps + 2)
  assert.equal(dict.get('last'), steps - 1)
  assert.deepEqual(dict.get('seen'), all)
  for (const step of all) {
    assert.deepEqual(dict.get(`step ${step}`), { step, square: step * step, text: 'x'.repeat(step * 7) })
  }
}
