import assert from 'node:assert/strict'
import { editedProgram } from '../support/edited-program.ts'
import { edited, type Files } from '../support/program-files.ts'

/** A pipeline of five decorated functions in three files with one constant. It says which of them ran. */
const PIPELINE: Files = {
  'ran.mjs': 'export const ran = []',
  'input.mjs': `import { ran } from './ran.mjs'
export function load(count) {
  ran.push('load')
  return Array.from({ length: count }, (_, index) => index * 2)
}
const isWanted = n => n % 3 !== 0
export function clean(list) {
  ran.push('clean')
  return list.filter(isWanted)
}
export function unused(list) {
  return list.length
}`,
  'rates.mjs': `import { ran } from './ran.mjs'
export const RATE = 1.5
const priceOf = n => n * RATE
export function enrich(list) {
  ran.push('enrich')
  return list.map(n => priceOf(n))
}
export function aggregate(list) {
  ran.push('aggregate')
  return list.reduce((sum, n) => sum + n, 0)
}`,
  'main.mjs': `import { decorate } from 'cachedict'
import { clean, load } from './input.mjs'
import { aggregate, enrich } from './rates.mjs'
import { ran } from './ran.mjs'
const TITLE = 'total'
const format = n => n.toFixed(2)
function report(total) {
  ran.push('report')
  return TITLE + ' ' + format(total)
}
const [a, b, c, d, e] = [load, clean, enrich, aggregate, report].map(fn => decorate(fn))
const result = e(d(c(b(a(20)))))
console.log(JSON.stringify({ result, ran }))`,
}

interface Edit {
  readonly from: string
  readonly to: string
  /** What of the five has to run then, and no more. */
  readonly runs: string
}

const RENAMED = `const isWanted = n => n % 5 !== 0
export function clean(list) {
  ran.push('clean')
  return list.filter(isWanted)`

/** One after the other, each on top of those before. */
const EDITS: readonly Edit[] = [
  { from: "TITLE = 'total'", to: "TITLE = 'sum'", runs: 'report' },
  { from: "TITLE = 'sum'", to: "TITLE = 'total'", runs: '' },
  { from: 'n.toFixed(2)', to: 'n.toFixed(3)', runs: 'report' },
  { from: 'n.toFixed(3)', to: '{ return n.toFixed(3) }', runs: '' },
  { from: 'RATE = 1.5', to: 'RATE = 2', runs: 'enrich aggregate report' },
  { from: 'RATE = 2', to: 'RATE = 4 / 2', runs: '' },
  { from: 'n * RATE', to: 'n * RATE // per piece', runs: '' },
  { from: 'n % 3', to: 'n % 5', runs: 'clean enrich aggregate report' },
  { from: RENAMED, to: RENAMED.replaceAll('isWanted', 'isGood'), runs: '' },
  {
    from: "'./ran.mjs'\nconst TITLE",
    to: "'./ran.mjs'\nimport * as all from './rates.mjs'\nconst TITLE",
    runs: '',
  },
  { from: 'index * 2', to: 'index * 3', runs: 'load clean enrich aggregate report' },
  { from: 'return list.length', to: 'return list.length + 1', runs: '' },
  { from: '(sum, n) => sum + n', to: '(total, price) => total + price', runs: '' },
  { from: 'total + price, 0', to: 'total + price, 1', runs: 'aggregate report' },
  { from: 'total + price, 1', to: 'total + price, 0', runs: '' },
  { from: 'a(20)', to: 'a(21)', runs: 'load clean' },
  { from: 'a(21)', to: 'a(22)', runs: 'load clean enrich aggregate report' },
  { from: 'list.map(n => priceOf(n))', to: 'list.map(priceOf)', runs: 'enrich' },
  { from: "' ' + format", to: "': ' + format", runs: 'report' },
  { from: 'return list.filter', to: 'debugger\n  return list.filter', runs: '' },
  {
    from: 'const priceOf = n => n * RATE',
    to: 'const priceOf = n => n * RATE + 0.5',
    runs: 'enrich aggregate report',
  },
  { from: 'export const RATE', to: 'export const OTHER = 7\nexport const RATE', runs: '' },
  { from: 'index * 3', to: '3 * index', runs: 'load' },
  { from: 'return TITLE', to: "if (total < 0) return 'nothing'\n  return TITLE", runs: 'report' },
  { from: "'nothing'", to: '"nothing"', runs: '' },
]

describe('A script that is edited 25 times', function () {
  this.timeout(120_000)
  const run = editedProgram()

  it('never shows a stale result, and computes again only what depends on the edit', async () => {
    let files = PIPELINE
    assert.equal((await look(files)).ran.length, 5)
    assert.equal(EDITS.length, 25)
    const needless: string[] = []
    for (const { from, to, runs } of EDITS) {
      files = edited(files, from, to)
      const { result, ran } = await look(files)
      assert.equal(
        result,
        (await look(files, { CACHEDICT_ACCESS: 'e' })).result,
        `stale after ${from} → ${to}`,
      )
      const due = runs.split(' ').filter(name => name !== '')
      assert.deepEqual(
        due.filter(name => !ran.includes(name)),
        [],
        `${from} → ${to}`,
      )
      needless.push(...ran.filter(name => !due.includes(name)).map(name => `${name} after ${from} → ${to}`))
    }
    assert.deepEqual(needless, [])
  })

  async function look(files: Files, env: Readonly<Record<string, string>> = {}) {
    // That is what PIPELINE prints.
    return (await run(files, env)) as { readonly result: string; readonly ran: readonly string[] }
  }
})
