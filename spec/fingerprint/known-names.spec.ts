import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import * as crypto from 'node:crypto'
import fsDefault, * as fs from 'node:fs'
import { readFile as readFileLater } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import path from 'node:path'
import * as timers from 'node:timers'
import * as url from 'node:url'
import { fileURLToPath } from 'node:url'
import util from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { isKnownNamespace, knownNameOf } from '../../lib/fingerprint/known-names.ts'

describe('knownNameOf', () => {
  const names = (values: readonly object[]) => values.map(value => knownNameOf(value))

  it('knows the language, the globals of Node, and its modules', () => {
    assert.deepEqual(
      names([Math.max, Map, console.log, structuredClone, URL, Buffer.from, process, process.env, path.join]),
      [
        'Math.max',
        'Map',
        'console.log',
        'structuredClone',
        'URL',
        'Buffer.from',
        'process',
        'process.env',
        'path.join',
      ],
    )
    assert.deepEqual(names([fs.readFile, readFileLater, crypto.randomUUID, process.hrtime.bigint]), [
      'fs.readFile',
      'fs/promises.readFile',
      'crypto.randomUUID',
      'process.hrtime.bigint',
    ])
    assert.deepEqual(names([globalThis, URL.prototype.toString, fs.Stats, util.types.isDate]), [
      'globalThis',
      'URL.prototype.toString',
      'fs.Stats',
      'util.types.isDate',
    ])
  })

  it('calls a thing the same whatever it was reached by', () => {
    const same = (one: object, other: object, name: string) =>
      assert.deepEqual([knownNameOf(one), knownNameOf(other)], [name, name])
    same(fs, fsDefault, 'fs')
    same(fs.promises, process.getBuiltinModule('fs/promises'), 'fs/promises')
    same(url.URL, URL, 'URL')
    same(timers.setTimeout, setTimeout, 'setTimeout')
    same(process.getBuiltinModule('buffer').Buffer, Buffer, 'Buffer')
    same(process.getBuiltinModule('process'), process, 'process')
    same(assert, assert.strict, 'assert.strict')
    same(util.types, process.getBuiltinModule('util/types'), 'util.types')
    same(performance, process.getBuiltinModule('perf_hooks').performance, 'performance')
    same(globalThis.crypto, crypto.webcrypto, 'crypto.webcrypto')
  })

  it('knows nothing of the program, whatever it has hung onto something of Node', () => {
    class Own {}
    for (const value of [() => 1, {}, [], Own, new Own(), new URL('a:b'), new Map(), Math.max.bind(null)])
      assert.equal(knownNameOf(value), undefined)
    const table = { own: true }
    Reflect.set(process, 'ownTable', table)
    assert.equal(knownNameOf(table), undefined)
    Reflect.deleteProperty(process, 'ownTable')
  })

  it('does not take what a program has put in the place of a global for that', () => {
    const script = `
      const { knownNameOf } = await import(${JSON.stringify(moduleUrl)})
      const before = globalThis.setTimeout
      globalThis.setTimeout = () => 'fake'
      globalThis.URL = class URL {}
      console.log(knownNameOf(setTimeout), knownNameOf(URL), knownNameOf(before))`
    assert.equal(run(script), 'undefined undefined setTimeout')
  })

  it('does not take a module of the program for the module of Node that it hands on', async () => {
    const source = (text: string): Promise<object> =>
      import(`data:text/javascript,${encodeURIComponent(text)}`)
    const own = await source("import fs from 'node:fs'; export default fs; export const readFile = () => 1")
    const reduced = await source(
      "import fs from 'node:fs'; export default fs; export { readFile } from 'node:fs'",
    )
    const mock = await source(
      "import fs from 'node:fs'; export default fs; export * from 'node:fs'; export const readFile = () => 1",
    )
    assert.equal(knownNameOf(mock), undefined)
    assert.equal(knownNameOf(own), undefined)
    assert.equal(knownNameOf(reduced), undefined)
    assert.ok(!isKnownNamespace(own))
  })

  it('runs no getter of the program, and loads next to nothing', () => {
    const script = `
      let ran = 0
      Object.defineProperty(process, 'trap', { enumerable: true, configurable: true, get() { ran++ } })
      Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() { ran++ } })
      const { knownNameOf } = await import(${JSON.stringify(moduleUrl)})
      const before = process.moduleLoadList.length
      knownNameOf({})
      const loaded = process.moduleLoadList.slice(before).filter(name => name.startsWith('Native'))
      if (loaded.length >= 5) console.log(loaded.join())
      console.log(ran, loaded.length < 5, loaded.some(name => /undici|webcrypto|http/.test(name)))`
    assert.equal(run(script), '0 true false')
  })

  it('calls a thing the same whether it is loaded before or after the first question, and alone or with all others', () => {
    const all = JSON.parse(
      run(NAMES.replace('LOAD', 'for (const name of ALL) process.getBuiltinModule(name)')),
    )
    const late = JSON.parse(run(NAMES.replace('LOAD', 'knownNameOf({})')))
    // Node itself replaces these when the module domain, which others want, is loaded.
    for (const name of ['events.init', 'process.chdir', 'process.setUncaughtExceptionCaptureCallback'])
      for (const names of [all, late]) delete names[name]
    assert.ok(Object.keys(all).length > 500)
    assert.deepEqual(late, all)
    assert.deepEqual(
      Object.keys(all).filter(name => all[name] === null),
      [],
    )
    for (const name of ['https', 'stream/promises', 'readline/promises', 'timers/promises']) {
      const alone = JSON.parse(run(NAMES.replace('LOAD', `ALL = [${JSON.stringify(name)}]`)))
      for (const [reached, named] of Object.entries(alone)) assert.equal(named, all[reached], reached)
    }
  })

  it('knows the language of another realm by the same names', () => {
    const context = createContext({ console: { log() {} } })
    const global = runInContext('globalThis', context)
    const inside = (text: string) => runInContext(text, context)
    assert.equal(knownNameOf(inside('Math.max')), undefined)
    assert.equal(knownNameOf(inside('Math.max'), global), 'Math.max')
    assert.equal(knownNameOf(global, global), 'globalThis')
    assert.equal(knownNameOf(inside('console'), global), 'console')
    assert.ok(isKnownNamespace(inside('Math'), global) && !isKnownNamespace(inside('Math')))
    assert.equal(knownNameOf(inside('(() => 1)'), global), undefined)
  })

  const moduleUrl = new URL('../../lib/fingerprint/known-names.ts', import.meta.url).href
  const run = (script: string): string =>
    execFileSync(process.execPath, ['--import=tsx', '--no-warnings', '--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  const NAMES = `
    const { knownNameOf } = await import(${JSON.stringify(moduleUrl)})
    let ALL = ${JSON.stringify(builtinModules.filter(name => !/^_|^node:|^(sys|punycode|constants|repl|domain)$/.test(name)))}
    LOAD
    const names = {}
    for (const module of ALL) {
      const exports = process.getBuiltinModule(module) ?? {}
      for (const key of Object.keys(exports))
        try { if (typeof exports[key] === 'function' && !/^_|^(De)?[Cc]ipher$|^EventEmitterAsync/.test(key)) names[module + '.' + key] = knownNameOf(exports[key]) ?? null } catch {}
    }
    console.log(JSON.stringify(names))`
})

describe('isKnownNamespace', () => {
  it('holds for what is used by its members', () => {
    const namespaces = [
      Math,
      JSON,
      Reflect,
      Object,
      Atomics,
      Intl,
      Array,
      console,
      process,
      fs,
      fsDefault,
      path,
      URL,
      Buffer,
    ]
    for (const value of [
      ...namespaces,
      globalThis,
      fs.promises,
      fs.constants,
      process.hrtime,
      crypto.webcrypto,
    ])
      assert.ok(isKnownNamespace(value), String(knownNameOf(value)))
  })

  it('does not hold for what is one thing, or holds what differs from run to run', () => {
    for (const value of [
      Math.max,
      fs.readFile,
      process.env,
      process.argv,
      Array.prototype,
      URL.prototype,
      {},
      () => 1,
    ])
      assert.ok(!isKnownNamespace(value), String(knownNameOf(value)))
  })
})
