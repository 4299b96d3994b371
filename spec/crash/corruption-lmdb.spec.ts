import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { inPairs } from '../support/in-pairs.ts'
import { runProgram } from '../support/program.ts'
import { newSeed, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PROGRAM = 'spec/crash/programs/damaged.ts'
const CASES = 160
const PER_CHILD = 20

describe('An LMDB store of which any file is damaged', function () {
  this.timeout(0)
  const at = temporaryFolder()

  it('never ends a process, throws or gives a wrong value, warns at most once for a cause, and is whole afterwards', async () => {
    const seed = newSeed()
    const sound = at('sound.lmdb')
    // Twice: pages that are free, and values that were replaced, lie in it too.
    for (let times = 0; times < 2; times += 1)
      await runProgram(PROGRAM, { args: [sound, '', '', 'make'] }).done()
    mkdirSync(at('work'))
    const failures: string[] = []
    let first = 0
    for (const round of rounds(1)) {
      const starts = Array.from({ length: CASES / PER_CHILD }, (_, n) => round * CASES + n * PER_CHILD)
      await inPairs(starts, async from => {
        const end = from + PER_CHILD
        for (first = from; first < end; ) {
          const child = runProgram(PROGRAM, { args: [sound, at('work'), seed, first, end].map(String) })
          let last = ''
          for (let line = await lineOf(); line !== undefined; line = await lineOf()) last = line
          const { code, signal, stderr } = await child.ended
          if (stderr !== '') failures.push(stderr)
          if (code === 0) break
          failures.push(`${last}: ended with ${code ?? signal}`)
          first = Number(last.split(' ')[1]) + 1
          async function lineOf(): Promise<string | undefined> {
            return child.line().catch(() => undefined)
          }
        }
      })
    }
    assert.deepEqual(failures, [], `seed ${seed}`)
  })
})
