import assert from 'node:assert/strict'
import { editedProgram } from '../support/edited-program.ts'
import { edited, type Files } from '../support/program-files.ts'
import { SCHEMAS } from './cases/schemas.ts'

/** It captures an object of a package that fills some of its fields when it is first used. */
const PROGRAM: Files = {
  ...SCHEMAS,
  'main.mjs': `import { decorate } from 'cachedict'
import * as s from 'schemas'
let runs = 0
const schema = s.object({ size: s.number().min(2).transform(n => n * 10) })
const read = decorate(function read(value) {
  runs++
  try { return schema.parse(value) } catch { return 'refused' }
})
console.log(JSON.stringify({ values: [read({ size: 2 }), read({ size: 5 })], runs }))`,
}
const EDITS = [
  { what: 'a number that it holds', from: 'min(2)', to: 'min(3)', values: ['refused', { size: 50 }] },
  { what: 'a function that it holds', from: 'n * 10', to: 'n * 11', values: [{ size: 22 }, { size: 55 }] },
]

describe('A captured schema, which its package changes when it is first used,', function () {
  this.timeout(60_000)
  const run = editedProgram()

  it('costs one evaluation per call, not one per process', async () => {
    assert.equal(((await run(PROGRAM)) as { readonly runs: number }).runs, 2)
    const values = [{ size: 20 }, { size: 50 }]
    assert.deepEqual(await run(PROGRAM), { values, runs: 0 })
    assert.deepEqual(await run(PROGRAM), { values, runs: 0 })
  })

  for (const { what, from, to, values } of EDITS) {
    it(`is still compared: ${what}`, async () => {
      await run(PROGRAM)
      await run(PROGRAM)
      assert.deepEqual(await run(edited(PROGRAM, from, to)), { values, runs: 2 })
    })
  }
})
