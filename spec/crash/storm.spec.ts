import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { close, withCache } from 'cachedict'
import { litterOf } from '../support/lmdb-litter.ts'
import { besides, readLog, runProgram } from '../support/program.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { showDictionary } from './show-dictionary.ts'
import { difference, isSame, possibleStates, type Shown } from './storm-model.ts'

/** Of each of two storms, side by side. */
const KILLS = 40
const LONGEST_LIFE_MS = 60

describe('A dictionary in a storm of kills', function () {
  this.timeout(0)
  const at = temporaryFolder()

  for (const name of ['x.cache', 'x.lmdb'])
    it(`keeps on ${name} every fact, and of changes just what was made, in order; with "discard", whole blocks only`, async () => {
      const seed = newSeed()
      await Promise.all([storm('keep', name, seed), storm('discard', name, seed + 1)])
    })

  it('is judged by a model that tells lost, half-done and invented changes', () => {
    const lines = ['try begin', 'did', 'try set a 1 2', 'did', 'try fact f 2 2', 'did', 'try set b 3 4']
    const a = ['a', '1+2'] as const
    const f = ['f', '2+2'] as const
    const b = ['b', '3+4'] as const
    assert.deepEqual(possibleStates(new Map(), lines, false), [new Map([a, f]), new Map([a, f, b])])
    assert.deepEqual(possibleStates(new Map(), lines, true), [new Map([f]), new Map([f])])
    const committing = [...lines, 'did', 'try commit']
    assert.deepEqual(possibleStates(new Map(), committing, true), [new Map([f]), new Map([f, a, b])])
  })

  async function storm(onError: 'keep' | 'discard', name: string, seed: number): Promise<void> {
    const random = randomOf(seed)
    const file = at(`${onError}.${name}`)
    let before: Shown = new Map()
    for (const round of rounds(KILLS)) {
      const log = at(`${onError}-${round}.log`)
      const program = runProgram('spec/crash/programs/storm.ts', {
        args: [file, log, String(round + 1), onError],
      })
      await program.line()
      await pause(random() * LONGEST_LIFE_MS)
      const ending = await program.kill()
      const where = `round ${round} of "${onError}", seed ${seed}`
      assert.equal(ending.stderr, '', where)
      const shown = await showDictionary(file)
      const possible = possibleStates(before, readLog(log), onError === 'discard')
      assert.ok(
        possible.some(state => isSame(shown, state)),
        `${where}: ${possible.map(state => difference(shown, state)).join(' | ')}`,
      )
      before = shown
    }
    await withCache(file, dict => dict.set('last', { n: 1, more: '' }))
    const litter = besides(file).filter(name => name.startsWith(`${onError}.${name}`))
    assert.deepEqual(litter, [])
    await close()
    if (name === 'x.lmdb') assert.deepEqual(litterOf(file), [])
  }
})
