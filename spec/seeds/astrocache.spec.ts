/*
 * The test cases of astrocache (research/seed-semantics.md, A1–A14), in JavaScript: A6 (as far as the function's own code
 * goes), A7, A8, A10, A12 and A14. Left out: A1–A5, A9, A11, A13: code that a function reaches (later: fingerprints).
 */
import assert from 'node:assert/strict'
import { decorate } from 'cachedict'
import { edit } from '../support/code-variants.ts'
import { ownCache } from '../support/own-cache.ts'
import { runScript } from '../support/run-script.ts'
import { withEnvironment } from '../support/with-environment.ts'

describe('astrocache', () => {
  const folder = ownCache()

  it('A6: a call is executed once, again after an edit, and not after that', () => {
    const [before, after] = [edit('work', 'a'), edit('work', 'b')]
    for (const fn of [before, before, after, after, before]) decorate(fn)(100)
    assert.deepEqual([before.runs, after.runs], [1, 1])
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

  it('A10: keys are the same in another process, with text and functions among the arguments', async () => {
    const fn = decorate(function fn(_: unknown) {})
    const source = `
      import { decorate } from 'cachedict'
      const fn = decorate(function fn(_) {})
      console.log(JSON.stringify([await fn.keyOf('text'), await fn.keyOf({ f: n => n + 1, list: [1] })]))`
    const argument = { f: new Function('return n => n + 1')() as unknown, list: [1] }
    assert.deepEqual(runScript(source, { CACHEDICT_DIR: folder() }), [
      await fn.keyOf('text'),
      await fn.keyOf(argument),
    ])
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
