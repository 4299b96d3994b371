import assert from 'node:assert/strict'
import fsDefault, { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'
import ts from 'typescript'
import { isNamespaceLike, memberOf, membersOf } from '../../lib/fingerprint/namespaces.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const require = createRequire(import.meta.url)

describe('Namespaces', () => {
  const at = temporaryFolder()
  /** The exports of `text`, an ES module, compiled to CommonJS, with `name` as the variable of its import in sight. */
  const compiled = (text: string, compile: (text: string) => string, name: string): object => {
    writeFileSync(at('dep.cjs'), 'exports.load = () => 1\nexports.other = 2')
    const file = at(`${name}.cjs`)
    writeFileSync(file, compile(text))
    return require(file).seen()
  }
  const byTypeScript = (text: string) =>
    ts.transpileModule(text, {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        esModuleInterop: true,
        target: ts.ScriptTarget.ES2022,
      },
    }).outputText
  const byEsbuild = (text: string) => transformSync(text, { format: 'cjs', loader: 'ts' }).code
  const load = async (text: string): Promise<object> => {
    mkdirSync(at('esm'), { recursive: true })
    const file = at(`esm/${Math.abs(text.length)}.mjs`)
    writeFileSync(file, text)
    // Its own loader: that of the specs may compile what it imports.
    return new Function('url', 'return import(url)')(pathToFileURL(file).href)
  }
  const value = (namespace: object, name: string) => {
    const member = memberOf(namespace, name)
    return member.found ? member.value : member
  }

  for (const [name, compile] of Object.entries({ byTypeScript, byEsbuild })) {
    it(`are what a compiler makes of import * (${name})`, () => {
      const seen = compiled("import * as dep from './dep.cjs'\nexport const seen = () => dep", compile, name)
      assert.ok(isNamespaceLike(seen))
      assert.equal(typeof value(seen, 'load'), 'function')
      assert.deepEqual(membersOf(seen), ['default', 'load', 'other'])
    })

    it(`are what a compiler makes of exports (${name})`, () => {
      compiled(
        'export const seen = () => 1, a = 2\nexport { load as b } from "./dep.cjs"',
        compile,
        `${name}-exports`,
      )
      const exports: object = require(at(`${name}-exports.cjs`))
      assert.ok(isNamespaceLike(exports))
      assert.deepEqual(membersOf(exports), ['a', 'b', 'seen'])
      assert.equal(value(exports, 'a'), 2)
      assert.equal(typeof value(exports, 'b'), 'function')
    })
  }

  it('are the exports of CommonJS modules that are plain objects, and imports of those as a default', () => {
    writeFileSync(at('plain.cjs'), 'module.exports = { a: 1, f() { return 1 } }')
    const plain = require(at('plain.cjs'))
    assert.ok(
      isNamespaceLike(plain) &&
        isNamespaceLike({ default: plain }) &&
        isNamespaceLike({ default: fsDefault }),
    )
    assert.equal(value(plain, 'a'), 1)
    assert.deepEqual(membersOf(plain), ['a', 'f'])
  })

  it('are not the instances, collections and functions that modules export', () => {
    for (const [i, text] of [
      'new Map([[1, 2]])',
      '[1, 2]',
      'new (class A {})()',
      '() => 1',
      'new Date(0)',
    ].entries()) {
      writeFileSync(at(`x${i}.cjs`), `module.exports = ${text}`)
      assert.ok(!isNamespaceLike(require(at(`x${i}.cjs`))), text)
    }
  })

  it('are not data', () => {
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    for (const data of [
      {},
      { a: 1 },
      { default: 1 },
      { default: { a: 1 } },
      [],
      new Map(),
      cyclic,
      new URL('a:b'),
      Object.create(null),
    ])
      assert.ok(!isNamespaceLike(data))
  })

  it('are what says that it is a module', () => {
    assert.ok(isNamespaceLike({ __esModule: true, a: 1 }))
    assert.ok(isNamespaceLike({ [Symbol.toStringTag]: 'Module', a: 1 }))
    const bag: object = new Function('const a = 1; return { get a() { return a } }')()
    assert.ok(isNamespaceLike(bag))
    assert.equal(value(bag, 'a'), 1)
  })

  it('are real ones, also before their variables are there, and without what Node adds', async () => {
    writeFileSync(
      at('cjs.cjs'),
      'exports.a = 1; Object.defineProperty(exports, "__esModule", { value: true })',
    )
    const text = `export * as cjs from '${pathToFileURL(at('cjs.cjs')).href}'; export const early = () => 1; export const later = await globalThis.specGate`
    let open = () => {}
    Reflect.set(
      globalThis,
      'specGate',
      new Promise<void>(resolve => {
        open = resolve
      }),
    )
    mkdirSync(at('esm'), { recursive: true })
    writeFileSync(at('esm/late.mjs'), text)
    writeFileSync(at('esm/self.mjs'), "import * as late from './late.mjs'; globalThis.specLate = late")
    writeFileSync(
      at('esm/late.mjs'),
      `import * as self from './late.mjs'; globalThis.specLate = self; ${text}`,
    )
    const loading = load("export * from './late.mjs'")
    while (Reflect.get(globalThis, 'specLate') === undefined)
      await new Promise(resolve => setImmediate(resolve))
    const late: object = Reflect.get(globalThis, 'specLate')
    assert.ok(isNamespaceLike(late))
    assert.deepEqual(membersOf(late), ['cjs', 'early', 'later'])
    assert.deepEqual(memberOf(late, 'later'), { found: false, tdz: true })
    assert.deepEqual(memberOf(late, 'none'), { found: false })
    open()
    await loading
    assert.deepEqual(memberOf(late, 'later'), { found: true, value: undefined })
    assert.deepEqual(membersOf(value(late, 'cjs') as object), ['a', 'default'])
    Reflect.deleteProperty(globalThis, 'specGate')
    Reflect.deleteProperty(globalThis, 'specLate')
  })

  it('do not have getters of the program run: the getter itself is the member', () => {
    let ran = 0
    const namespace = {
      __esModule: true,
      get lazy() {
        return ++ran
      },
    }
    const get = Object.getOwnPropertyDescriptor(namespace, 'lazy')?.get
    assert.equal(value(namespace, 'lazy'), get)
    assert.equal(ran, 0)
    assert.deepEqual(memberOf(namespace, 'toString'), { found: false })
  })

  it('are Proxies of namespaces, where one can see what they are of; no trap is run', () => {
    const target = { __esModule: true, a: 1 }
    const trap = () => assert.fail('a trap ran')
    const proxy = new Proxy(target, {
      get: trap,
      has: trap,
      ownKeys: trap,
      getOwnPropertyDescriptor: trap,
      getPrototypeOf: trap,
    })
    const targetOf = (value: object) => (value === proxy ? target : undefined)
    assert.ok(!isNamespaceLike(proxy))
    assert.ok(isNamespaceLike(proxy, targetOf))
    assert.deepEqual(memberOf(proxy, 'a', targetOf), { found: true, value: 1 })
    assert.deepEqual(membersOf(proxy, targetOf), ['a'])
    assert.deepEqual([memberOf(proxy, 'a'), membersOf(proxy)], [{ found: false }, []])
  })
})
