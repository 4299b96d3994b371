/*
 * The test cases of astrocache, A1–A14, in JavaScript. Otherwise than there: functions that are assigned or passed on
 * count (A4, A5, A13), and so does what belongs to no file (A11): it has a name.
 */
import assert from 'node:assert/strict'
import { decorate, fingerprint } from 'cachedict'
import { edit } from '../support/code-variants.ts'
import { editedProgram } from '../support/edited-program.ts'
import { fingerprintsOf, writeProgram } from '../support/fingerprint-child.ts'
import { ownCache } from '../support/own-cache.ts'
import { edited, type Files } from '../support/program-files.ts'
import { runScript } from '../support/run-script.ts'
import { withEnvironment } from '../support/with-environment.ts'

/** What its tests edit: `one` reaches `makeThing` by way of a class inside a function; others assign it, or pass it on. */
const THINGS: Files = {
  'main.mjs': `import { assigned, called, inside, makeThing, one, passed, asDefault } from './things.mjs'
export const main = one
export { asDefault, assigned, called, inside, makeThing, passed }`,
  'things.mjs': `export function makeThing(n) { return n + 1 }
function nested() {
  class Foo { constructor() { this.thing = makeThing(1) } }
  return new Foo()
}
export function one() { return nested().thing }
export const called = () => makeThing(1)
export const inside = () => { const f = () => 7; return f() }
export const assigned = () => { const f = makeThing; return f }
export const passed = list => list.map(makeThing)
export const asDefault = (f = makeThing) => f(1)`,
}

/** Counts how often its function runs. */
const COUNTED: Files = {
  'main.mjs': `import { decorate } from 'cachedict'
import { makeThing } from './thing.mjs'
let runs = 0
const work = decorate(function work(n) { runs++; return makeThing(n) })
const apply = decorate(function apply(fn, n) { runs++; return fn(n) })
const calls = { work: () => work(100), apply: () => apply(makeThing, 100) }
const values = [1, 2].map(() => calls.CALL())
console.log(JSON.stringify({ values, runs }))`,
  'thing.mjs': 'export const makeThing = n => n + 1',
}

describe('astrocache', function () {
  this.timeout(60_000)
  const folder = ownCache()
  const run = editedProgram()
  let states = 0

  /** The exports of THINGS whose fingerprints are others after an edit, by name. */
  async function changedBy(from: string, to: string): Promise<readonly string[]> {
    const [before, after] = await Promise.all(
      [THINGS, edited(THINGS, from, to)].map(files =>
        fingerprintsOf({ of: writeProgram(`astrocache/${++states}`, files) }),
      ),
    )
    const names = Object.keys(before!)
    assert.ok(names.length === 7 && names.every(name => before![name]?.error === undefined))
    return names
      .filter(name => after![name]?.hash !== before![name]?.hash)
      .map(name => name.slice('of '.length))
  }

  it('A1: a comment in a function that is reached changes nothing', async () =>
    assert.deepEqual(await changedBy('{ return n + 1 }', '{ return n + 1 /* one more */ }'), []))

  it('A2: layout changes nothing', async () =>
    assert.deepEqual(await changedBy('{ return n + 1 }', '{\n  return (n\n    + 1);\n}'), []))

  it('A3, A4, A5, A13: a function counts that is called, assigned, passed on, or a default', async () =>
    assert.deepEqual(await changedBy('n + 1', 'n + 2'), [
      'asDefault',
      'assigned',
      'called',
      'main',
      'makeThing',
      'passed',
    ]))

  it('A13: a function that is defined inside counts', async () =>
    assert.deepEqual(await changedBy('7', '8'), ['inside']))

  it('A6: a call is executed once, again after an edit, and not after that', () => {
    const [before, after] = [edit('work', 'a'), edit('work', 'b')]
    for (const fn of [before, before, after, after, before]) decorate(fn)(100)
    assert.deepEqual([before.runs, after.runs], [1, 1])
  })

  it('A6: a call is executed again after what it calls was edited', async () => {
    const files = edited(COUNTED, 'CALL', 'work')
    assert.deepEqual(await run(files), { values: [101, 101], runs: 1 })
    assert.deepEqual(await run(files), { values: [101, 101], runs: 0 })
    const now = edited(files, 'n + 1', 'n + 2')
    assert.deepEqual(await run(now), { values: [102, 102], runs: 1 })
    assert.deepEqual(await run(now), { values: [102, 102], runs: 0 })
    assert.deepEqual(await run(files), { values: [101, 101], runs: 0 })
  })

  it('A7: another option is another call', () => {
    let runs = 0
    const fn = decorate(function fn(n: number, { foo = false } = {}) {
      runs += 1
      return foo ? n : -n
    })
    assert.deepEqual([fn(999), fn(999), runs], [-999, -999, 1])
    assert.deepEqual([fn(999, { foo: true }), fn(999, { foo: true }), runs], [999, 999, 2])
  })

  it('A8: bypassing the cache executes every time, and neither reads nor writes', () => {
    let runs = 0
    const fn = decorate(function fn() {
      return ++runs
    })
    const bypassed = fn.with({ access: 'e' })
    assert.deepEqual([bypassed(), bypassed(), fn(), fn()], [1, 2, 3, 3])
    withEnvironment({ CACHEDICT_ACCESS: 'e' }, () => assert.equal(fn(), 4))
    withEnvironment({ CACHEDICT_ACCESS: 'ew' }, () => assert.equal(fn(), 5))
    assert.equal(fn(), 5)
  })

  it('A9: a call is executed again after a function among its arguments was edited', async () => {
    const files = edited(COUNTED, 'CALL', 'apply')
    assert.deepEqual(await run(files), { values: [101, 101], runs: 1 })
    assert.deepEqual(await run(files), { values: [101, 101], runs: 0 })
    const now = edited(files, 'n + 1', 'n + 2')
    assert.deepEqual(await run(now), { values: [102, 102], runs: 1 })
    assert.deepEqual(await run(now), { values: [102, 102], runs: 0 })
  })

  it('A10: keys are the same in another process, with text and functions among the arguments', async () => {
    const fn = decorate(function fn(_: unknown) {})
    const source = `
      import { decorate, fingerprint } from 'cachedict'
      const fn = decorate(function fn(_) {})
      console.log(JSON.stringify([await fn.keyOf('text'), await fn.keyOf({ f: n => n + 1, list: [1] })]))`
    const argument = { f: new Function('return n => n + 1')() as unknown, list: [1] }
    assert.deepEqual(runScript(source, { CACHEDICT_DIR: folder() }), [
      await fn.keyOf('text'),
      await fn.keyOf(argument),
    ])
  })

  it('A11: what has no source has a name', () => {
    const [one, same, other] = ['JSON.stringify', 'JSON.stringify', 'JSON.parse'].map(
      name => fingerprint(new Function('value', `return ${name}(value)`) as (value: unknown) => unknown).hash,
    )
    assert.equal(one, same)
    assert.notEqual(one, other)
  })

  it('A12: lists within lists are told apart', async () => {
    const fn = decorate(function fn(_: unknown) {})
    assert.notEqual(await fn.keyOf([[1]]), await fn.keyOf([[0]]))
  })

  it('A14: lists, dictionaries, sets and nothing have a key, and classes too', async () => {
    const fn = decorate(function fn(_: unknown) {})
    class Example {
      n = 1
    }
    const keys = await Promise.all(
      [[1], { a: 1 }, new Set([1]), null, Example, new Example()].map(value => fn.keyOf(value)),
    )
    assert.equal(new Set(keys).size, keys.length)
  })
})
