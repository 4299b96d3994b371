import assert from 'node:assert/strict'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { editedProgram } from '../support/edited-program.ts'
import { fingerprintsOf, type Outcome, writeProgram } from '../support/fingerprint-child.ts'
import { compiledProject } from '../support/program.ts'
import { edited, type Files } from '../support/program-files.ts'
import { ROOT } from '../support/repository.ts'
import { nameOf } from './cases/case.ts'
import { REAL_PACKAGES } from './cases/real-packages.ts'

type Outcomes = Readonly<Record<string, Outcome>>

describe('The fingerprint of a function that uses lodash or zod', function () {
  this.timeout(120_000)
  let old: Outcomes
  let now: Outcomes

  before(async () => {
    linkPackages()
    ;[old, now] = await Promise.all([outcomesOf('before'), outcomesOf('after')])
  })

  for (const each of REAL_PACKAGES) {
    it(`is ${each.expect === 'M' ? 'another' : 'the same'} for case ${each.number}, ${each.title}`, () => {
      const [first, second] = [old, now].map(outcomes => outcomes[`${nameOf(each)} main`])
      assert.deepEqual([first?.error, second?.error], [undefined, undefined])
      assert.deepEqual([first?.mode, second?.mode], ['inspector', 'inspector'])
      if (each.expect === 'M') assert.notEqual(second?.hash, first?.hash)
      else assert.equal(second?.hash, first?.hash)
    })
  }
})

const PROGRAM: Files = {
  'main.mjs': `import { decorate } from 'cachedict'
import * as z from 'zod'
let runs = 0
const schema = z.object({ size: z.number().min(2).transform(n => n * 10) })
const read = decorate(function read(value) {
  runs++
  const { data, success } = schema.safeParse(value)
  return success ? data.size : 'refused'
})
console.log(JSON.stringify({ values: [read({ size: 2 }), read({ size: 5 })], runs }))`,
}

describe('A captured schema of zod', function () {
  this.timeout(60_000)
  const run = editedProgram()
  before(linkPackages)

  it('is compared, although zod changes it when it is first used', async () => {
    assert.deepEqual(await run(PROGRAM), { values: [20, 50], runs: 2 })
    assert.deepEqual(await run(PROGRAM), { values: [20, 50], runs: 0 })
    assert.deepEqual(await run(edited(PROGRAM, 'min(2)', 'min(3)')), { values: ['refused', 50], runs: 2 })
    assert.deepEqual(await run(edited(PROGRAM, 'n * 10', 'n * 11')), { values: [22, 55], runs: 2 })
    assert.deepEqual(await run(PROGRAM), { values: [20, 50], runs: 0 })
  })
})

/** Puts the packages where the programs find them. */
function linkPackages(): void {
  for (const name of ['lodash', 'zod']) {
    const link = join(compiledProject(), 'node_modules', name)
    if (!existsSync(link)) symlinkSync(join(ROOT, 'node_modules', name), link)
  }
}

function outcomesOf(state: 'before' | 'after'): Promise<Outcomes> {
  const modules = REAL_PACKAGES.map((each, index): [string, string] => [
    nameOf(each),
    writeProgram(`real/${index}/${state}`, each[state]),
  ])
  return fingerprintsOf(Object.fromEntries(modules))
}
