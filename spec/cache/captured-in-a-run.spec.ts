import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { decorate, inputFile } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'
import { runScript } from '../support/run-script.ts'

let rate = 2
const config = { rate: 2 }

/** Captured values that change while the program runs. */
describe('A cached function whose captured values change', () => {
  const at = ownCache()

  it('recalls what it gave for these values, and evaluates for others', () => {
    const run: number[] = []
    const ofVariable = decorate((n: number) => n * rate, { name: 'of variable' })
    const ofObject = decorate((n: number) => n * config.rate, { name: 'of object' })
    for (const now of [2, 3, 2, 3]) {
      rate = now
      config.rate = now
      run.push(ofVariable(10), ofObject(10), ofVariable(now), ofObject(now))
    }
    assert.deepEqual(run, [20, 20, 4, 4, 30, 30, 9, 9, 20, 20, 4, 4, 30, 30, 9, 9])
  })

  it('finds each result again', async () => {
    const evaluated: number[] = []
    const scaled = decorate(
      async (n: number) => {
        evaluated.push(n)
        return n * config.rate
      },
      { name: 'scaled' },
    )
    for (const now of [1, 2, 1, 2]) {
      config.rate = now
      assert.equal(await scaled(10), 10 * now)
    }
    assert.deepEqual(evaluated, [10, 10])
  })

  it('looks at a captured file for each call', () => {
    const path = at('in.txt')
    const file = inputFile(path)
    writeFileSync(path, 'one')
    let evaluated = 0
    const size = decorate(
      () => {
        evaluated += 1
        return readFileSync(file.path).length
      },
      { name: 'size' },
    )
    for (const content of ['one', 'one', 'another', 'another']) {
      writeFileSync(path, content)
      size()
    }
    assert.equal(evaluated, 2)
  })

  it('leaves no result of one value to the next process, which has another', () => {
    const program = `
      import { decorate } from 'cachedict'
      const [config, times] = [{ rate: 2 }, n => n]
      let factor = 2
      const ofObject = decorate(n => n * config.rate, { name: 'of object' })
      const ofVariable = decorate(n => times(n) * factor, { name: 'of variable' })
      const values = [ofObject(1), ofVariable(1)]
      if (process.env.CHANGES === '1') {
        config.rate = 3
        factor = 3
      }
      values.push(ofObject(100), ofVariable(100))
      console.log(JSON.stringify(values))
    `
    assert.deepEqual(runScript(program, { CHANGES: '1', CACHEDICT_DIR: at() }), [2, 2, 300, 300])
    assert.deepEqual(runScript(program, { CACHEDICT_DIR: at() }), [2, 2, 200, 200])
  })
})
