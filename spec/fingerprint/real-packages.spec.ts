import assert from 'node:assert/strict'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprintsOf, type Outcome, writeProgram } from '../support/fingerprint-child.ts'
import { compiledProject } from '../support/program.ts'
import { ROOT } from '../support/repository.ts'
import { nameOf } from './cases/case.ts'
import { REAL_PACKAGES } from './cases/real-packages.ts'

type Outcomes = Readonly<Record<string, Outcome>>

describe('The fingerprint of a function that uses lodash or zod', function () {
  this.timeout(120_000)
  let old: Outcomes
  let now: Outcomes

  before(async () => {
    const modules = join(compiledProject(), 'real/node_modules')
    mkdirSync(modules, { recursive: true })
    for (const name of ['lodash', 'zod']) {
      if (!existsSync(join(modules, name))) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
    }
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

function outcomesOf(state: 'before' | 'after'): Promise<Outcomes> {
  const modules = REAL_PACKAGES.map((each, index): [string, string] => [
    nameOf(each),
    writeProgram(`real/${index}/${state}`, each[state]),
  ])
  return fingerprintsOf(Object.fromEntries(modules))
}
