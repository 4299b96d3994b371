import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { withCache } from 'cachedict'
import { inPairs } from '../support/in-pairs.ts'
import { readLog, runProgram } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { showDictionary } from './show-dictionary.ts'
import { difference, isSame, possibleStates, type Shown } from './storm-model.ts'

const PROGRAM = 'spec/crash/programs/one-by-one.ts'

describe('Killed at each single operation on files', function () {
  this.timeout(300_000)
  const at = temporaryFolder()
  const run = (folder: string, ...more: readonly unknown[]) =>
    runProgram(PROGRAM, { args: [at(`${folder}/x.cache`), at(`${folder}/x.log`), ...more.map(String)] })

  it('a program loses nothing that it was told is kept, invents nothing, and leaves nothing behind', async () => {
    // What it begins with: a dictionary, a journal, and the journal of a block that was killed.
    mkdirSync(at('begin'))
    assert.equal((await run('begin', 0, 60).ended).signal, 'SIGKILL')
    assert.deepEqual(
      readdirSync(at('begin')).map(name => name.replace(/\d.*\./, '…')),
      ['x.cache', 'x.cache.…block', 'x.cache.journal', 'x.log'],
    )
    cpSync(at('begin'), at('look'), { recursive: true })
    const before = await showDictionary(at('look/x.cache'))
    const whole = await tryOnce('whole', before, [100])
    const operations = Number(await whole.line())
    assert.ok(operations > 60, `${operations} operations`)

    const cases = Array.from({ length: operations }, (_, n) =>
      ['before', 'half'].map(when => [n + 1, when] as const),
    )
    await inPairs(cases.flat(), async ([number, when]) => {
      const program = await tryOnce(`${number}-${when}`, before, [100, number, when])
      assert.equal((await program.ended).signal, 'SIGKILL')
    })
  })

  async function tryOnce(folder: string, before: Shown, args: readonly unknown[]) {
    cpSync(at('begin'), at(folder), { recursive: true })
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
