import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { withCache } from 'cachedict'
import { inPairs } from '../support/in-pairs.ts'
import { readLog, runProgram } from '../support/program.ts'
import { newSeed, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { showDictionary } from './show-dictionary.ts'
import { difference, isSame, possibleStates, type Shown } from './storm-model.ts'

const PROGRAM = 'spec/crash/programs/one-by-one.ts'

describe('Killed at each single operation on files', function () {
  this.timeout(0)
  const at = temporaryFolder()
  const run = (folder: string, ...more: readonly unknown[]) =>
    runProgram(PROGRAM, { args: [at(`${folder}/x.cache`), at(`${folder}/x.log`), ...more.map(String)] })

  it('a program loses nothing that it was told is kept, invents nothing, and leaves nothing behind', async () => {
    // What it begins with: all that can lie there when a process was killed, in the middle of a commit.
    mkdirSync(at('begin'))
    assert.equal((await run('begin', 0, 'renameSync x.cache 2').ended).signal, 'SIGKILL')
    const parts = readdirSync(at('begin')).map(name => name.replace(/\.\d.*\./, '.'))
    for (const part of ['', '.journal', '.block', '.lock'])
      assert.ok(parts.includes(`x.cache${part}`), parts.join())
    cpSync(at('begin'), at('look'), { recursive: true, verbatimSymlinks: true })
    const before = await showDictionary(at('look/x.cache'))
    const whole = await tryOnce('whole', before, [100])
    const operations = Number(await whole.line())
    assert.ok(operations > 30, `${operations} operations`)

    // Half of an operation, or nothing of it: in a plain run either for each, in a soak both.
    const either = newSeed()
    for (const round of rounds(1)) {
      const numbers = Array.from({ length: operations }, (_, n) => n + 1)
      await inPairs(numbers, async number => {
        const when = (number + either + round) % 2 === 0 ? 'before' : 'half'
        const program = await tryOnce(`${number}-${when}-${round}`, before, [100, number, when])
        const { signal, stderr } = await program.ended
        assert.equal(signal, 'SIGKILL', `${number} ${when}: ${stderr}`)
      })
    }
  })

  it('and what it committed is not committed again over what others wrote later', async () => {
    mkdirSync(at('late'))
    await withCache<{ n: number; more: string }, string>(at('late/x.cache'), async dict => {
      const { signal } = await run('late', 0, 'unlinkSync .block 1').ended
      assert.equal(signal, 'SIGKILL')
      assert.ok(
        readdirSync(at('late')).some(name => name.endsWith('.block')),
        'its journal is still there',
      )
      dict.set('c', { n: 999, more: '' })
    })
    const shown = await showDictionary(at('late/x.cache'))
    assert.equal(shown.get('c'), '999+0')
    assert.equal(shown.get('b'), '3+100')
    assert.deepEqual(readdirSync(at('late')), ['x.cache', 'x.log'])
  })

  async function tryOnce(folder: string, before: Shown, args: readonly unknown[]) {
    cpSync(at('begin'), at(folder), { recursive: true, verbatimSymlinks: true })
    const begun = readLog(at(`${folder}/x.log`)).length
    const program = run(folder, ...args)
    await program.ended
    const shown = await showDictionary(at(`${folder}/x.cache`))
    const possible = possibleStates(before, readLog(at(`${folder}/x.log`)).slice(begun), false)
    assert.ok(
      possible.some(state => isSame(shown, state)),
      `${folder}: ${possible.map(state => difference(shown, state)).join(' | ')}`,
    )
    await withCache(at(`${folder}/x.cache`), dict => dict.set('last', { n: 1, more: '' }))
    assert.deepEqual(readdirSync(at(folder)), ['x.cache', 'x.log'])
    return program
  }
})
