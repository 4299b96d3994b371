import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { inPairs } from '../support/in-pairs.ts'
import { type Program, runProgram } from '../support/program.ts'
import { newSeed, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PROGRAM = 'spec/crash/programs/damaged.ts'
const CASES = 60
const PER_CHILD = 20
/** Nothing may wait for ever. */
const LONGEST_MS = 60_000

describe('An LMDB store of which any file is damaged', function () {
  this.timeout(0)
  const at = temporaryFolder()

  it('never ends a process, throws or gives a wrong value, warns at most once for a cause, and is whole afterwards', () =>
    tryAll({}))

  // Open: see the program, which says what it leaves out.
  it('whatever is wrong with the structure of its pages, or lies in place of a file', () =>
    tryAll({ SPEC_OPEN_DAMAGE: '1' }))

  async function tryAll(env: Readonly<Record<string, string>>): Promise<void> {
    const seed = newSeed()
    const sound = at('sound.lmdb')
    // Twice: pages that are free, and values that were replaced, lie in it too.
    for (let times = 0; times < 2; times += 1) await runProgram(PROGRAM, { args: [sound, 'make'] }).done()
    mkdirSync(at('work'))
    let cases = 0
    for (const round of rounds(1)) {
      const starts = Array.from({ length: CASES / PER_CHILD }, (_, n) => round * CASES + n * PER_CHILD)
      await inPairs(starts, async first => {
        const args = [sound, at('work'), seed, first, first + PER_CHILD].map(String)
        const child = runProgram(PROGRAM, { args, nodeArgs: ['--no-warnings'], env })
        const alarm = setTimeout(() => child.process.kill('SIGKILL'), LONGEST_MS)
        const said: string[] = []
        for (let line = await nextLine(child); line !== undefined; line = await nextLine(child))
          said.push(line)
        const { code, signal, stderr } = await child.ended
        clearTimeout(alarm)
        const wrong = said.filter(line => line.startsWith('wrong '))
        assert.deepEqual(wrong, [], `seed ${seed}`)
        assert.equal(code, 0, `ended with ${code ?? signal} after "${said.at(-1)}", seed ${seed}: ${stderr}`)
        cases += said.filter(line => line.startsWith('case ')).length
      })
      assert.equal(cases, (round + 1) * CASES)
    }
  }
})

async function nextLine(child: Program): Promise<string | undefined> {
  return child.line().catch(() => undefined)
}
