import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { close, decorate, withCache } from 'cachedict'
import { inPairs } from '../support/in-pairs.ts'
import { litterOf } from '../support/lmdb-litter.ts'
import { readLog, runProgram } from '../support/program.ts'
import { newSeed, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { showDictionary } from './show-dictionary.ts'
import { difference, isSame, possibleStates, type Shown } from './storm-model.ts'

const PROGRAM = 'spec/crash/programs/one-by-one.ts'
const HOW = ['before', 'half', 'byte']
/** Of all operations, a plain run takes every third: another third each time. */
const PART = process.env.SOAK_MINUTES === undefined ? 3 : 1
/** What lies there at the beginning: all that can when a process was killed in the middle of a commit, or just after it. */
const BEGINNINGS: Readonly<Record<string, { readonly diesAt: string; readonly leaves: readonly RegExp[] }>> =
  {
    cache: {
      diesAt: 'renameSync x.cache 2',
      leaves: [/^x\.cache$/, /\.journal$/, /\.block$/, /\.lock$/],
    },
    lmdb: {
      diesAt: 'renameSync /new/ 3',
      leaves: [/^x\.lmdb$/, /\.block$/, /^x\.lmdb.values.new.\d/],
    },
  }

for (const [kind, { diesAt, leaves }] of Object.entries(BEGINNINGS)) {
  const name = `x.${kind}`

  describe(`Killed at each single operation on files, with ${name}`, function () {
    this.timeout(0)
    const at = temporaryFolder()
    const run = (folder: string, ...more: readonly unknown[]) =>
      runProgram(PROGRAM, {
        args: [at(`${folder}/${name}`), at(`${folder}/x.log`), ...more.map(String)],
      })
    afterEach(() => close())

    it('a program loses nothing that it was told is kept, invents nothing, and leaves nothing behind', async () => {
      mkdirSync(at('begin'))
      assert.equal((await run('begin', 0, diesAt).ended).signal, 'SIGKILL')
      const parts = readdirSync(at('begin'), { recursive: true }).map(String)
      for (const left of leaves)
        assert.ok(
          parts.some(part => left.test(part)),
          `${left}: ${parts.join()}`,
        )
      cpSync(at('begin'), at('look'), { recursive: true, verbatimSymlinks: true })
      const before = await showDictionary(at(`look/${name}`))
      const whole = await tryOnce('whole', before, [100])
      const operations = Number(await whole.line())
      assert.ok(operations > 100, `${operations} operations`)

      const seed = newSeed()
      let kills = 0
      for (const round of rounds(1)) {
        const numbers = Array.from({ length: operations }, (_, n) => n + 1)
        const tried = numbers.filter(number => (number + seed + round) % PART === 0)
        await inPairs(tried, async number => {
          const how = HOW[(number + Math.floor(seed / PART) + round) % HOW.length]
          const program = await tryOnce(`${number}-${how}-${round}`, before, [100, number, how])
          const { signal, code, stderr } = await program.ended
          // How often it looks at a lock, say, is not the same each time: it may have come to its end before.
          const isOver = code === 0 && number > operations * 0.8
          assert.ok(signal === 'SIGKILL' || isOver, `${number} ${how}: ${code} ${stderr}`)
          if (signal === 'SIGKILL') kills += 1
        })
      }
      assert.ok(kills > (operations / PART) * 0.8, `${kills} kills`)
    })

    it('and what it committed is not committed again over what others wrote later', async () => {
      mkdirSync(at('late'))
      await withCache<{ n: number; more: string }, string>(at(`late/${name}`), async dict => {
        const { signal } = await run('late', 0, 'unlinkSync .block 1').ended
        assert.equal(signal, 'SIGKILL')
        assert.ok(
          readdirSync(at('late')).some(file => file.endsWith('.block')),
          'its journal is still there',
        )
        dict.set('c', { n: 999, more: '' })
      })
      const shown = await showDictionary(at(`late/${name}`))
      assert.equal(shown.get('c'), '999+0')
      assert.equal(shown.get('b'), '3+100')
      assert.deepEqual(readdirSync(at('late')), [name, 'x.log'])
    })

    async function tryOnce(folder: string, before: Shown, args: readonly unknown[]) {
      cpSync(at('begin'), at(folder), { recursive: true, verbatimSymlinks: true })
      const file = at(`${folder}/${name}`)
      const begun = readLog(at(`${folder}/x.log`)).length
      const program = run(folder, ...args)
      await program.ended
      const shown = await showDictionary(file)
      const possible = possibleStates(before, readLog(at(`${folder}/x.log`)).slice(begun), false)
      assert.ok(
        possible.some(state => isSame(shown, state)),
        `${folder}: ${possible.map(state => difference(shown, state)).join(' | ')}`,
      )
      await withCache(file, dict => dict.set('last', { n: 1, more: '' }))
      await checkBounded(at(`${folder}/bounded.${kind}`))
      await close(file)
      const left = readdirSync(at(folder)).filter(entry => !/^bounded\.\w+(\.journal)?$/.test(entry))
      assert.deepEqual(left, [name, 'x.log'], folder)
      if (kind === 'lmdb') assert.deepEqual(litterOf(file), [], folder)
      return program
    }

    /** Results that make room for each other: whatever is there is right, and no more is there than may be. */
    async function checkBounded(path: string): Promise<void> {
      const text = decorate((n: number) => `${n}`.repeat(n), {
        name: 'text',
        path,
        code: 'off',
        maxEntries: 4,
      })
      for (const n of [5, 7, 8, 9, 40_000, 50_000]) assert.equal(text(n), `${n}`.repeat(n))
      let kept = 0
      for await (const _ of text.entries()) kept += 1
      assert.ok(kept <= 4, `${kept} entries`)
      await withCache(path, dict => dict.set('last', 1))
      await close(path)
      if (kind === 'lmdb') assert.deepEqual(litterOf(path), [], path)
    }
  })
}
