/*
 * The acceptance cases of fingerprints that are programs before and after an edit, by number. The others: 110 to 118:
 * toolchains.spec.ts and nodes.spec.ts; 120: random-graphs.spec.ts.
 */
import assert from 'node:assert/strict'
import { fingerprintsOf, type Outcome, writeProgram } from '../support/fingerprint-child.ts'
import { type Case, nameOf } from './cases/case.ts'
import { CORPUS } from './cases/corpus.ts'
import { SNIPPETS } from './cases/snippets.ts'

type Outcomes = Readonly<Record<string, Outcome>>

describe('The fingerprint of a function before and after an edit', function () {
  this.timeout(120_000)
  let old: Outcomes
  let now: Outcomes

  before(async () => {
    ;[old, now] = await Promise.all([outcomesOf('before'), outcomesOf('after')])
  })

  it('is asked of cases with names of their own, and of every number', () => {
    assert.equal(new Set(CORPUS.map(nameOf)).size, CORPUS.length)
    const numbers = new Set(CORPUS.map(({ number }) => number))
    for (let number = 1; number <= 109; number++) assert.ok(numbers.has(number), `case ${number}`)
  })

  for (const each of CORPUS) {
    it(sentenceOf(each), () => {
      const [first, second] = [outcomeOf(old, each), outcomeOf(now, each)]
      if (each.expect === 'M') assert.notEqual(second.hash, first.hash)
      else assert.equal(second.hash, first.hash)
      for (const { findings } of each.finding === undefined ? [] : [first, second]) {
        const isThere = findings.some(finding => finding.startsWith(`${each.finding} `))
        assert.ok(isThere, `${each.finding} is not among [${findings.join(', ')}]`)
      }
    })
  }
})

describe('What a fingerprint finds', function () {
  this.timeout(120_000)
  let outcomes: Outcomes

  before(async () => {
    const modules = SNIPPETS.map(({ title, text }, index): [string, string] => [
      title,
      writeProgram(`snippets/${index}`, { 'main.mjs': text }),
    ])
    outcomes = await fingerprintsOf(Object.fromEntries(modules))
  })

  for (const { title, findings } of SNIPPETS) {
    it(`about ${title} is ${findings.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(outcomes[`${title} main`]?.findings, findings, outcomes[`${title} main`]?.error)
    })
  }
})

function outcomesOf(state: 'before' | 'after'): Promise<Outcomes> {
  const modules = CORPUS.map((each, index): [string, string] => [
    nameOf(each),
    writeProgram(`cases/${index}/${state}`, each[state]),
  ])
  return fingerprintsOf(Object.fromEntries(modules))
}

function outcomeOf(outcomes: Outcomes, each: Case): Outcome {
  const outcome = outcomes[`${nameOf(each)} main`]
  assert.ok(outcome !== undefined, 'main is not exported')
  assert.equal(outcome.error, undefined)
  assert.equal(outcome.mode, 'inspector')
  return outcome
}

function sentenceOf({ expect, number, title, finding }: Case): string {
  const is = { M: 'is another', N: 'is the same', D: 'is the same, which is a limit,' }[expect]
  return `${is} for case ${number}, ${title}${finding === undefined ? '' : `, and ${finding} is found`}`
}
