import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { builtinName, isLanguageName, isNodeClass } from '../../lib/keys/builtins.ts'

describe('builtinName', () => {
  it('knows what is reachable in the language by its shortest name', () => {
    assert.equal(builtinName(Math.max), 'Math.max')
    assert.equal(builtinName(Map), 'Map')
    assert.equal(builtinName(Array.prototype), 'Array.prototype')
    assert.equal(builtinName(Intl.NumberFormat), 'Intl.NumberFormat')
    assert.equal(builtinName(Array.prototype.push), 'Array.prototype.push')
    const size = Object.getOwnPropertyDescriptor(Map.prototype, 'size')?.get
    assert.equal(builtinName(size as () => number), 'get Map.prototype.size')
  })

  it('knows nothing of the program, of Node, or of bound functions', () => {
    for (const value of [() => 1, {}, Math.max.bind(null), fetch, setTimeout, Buffer])
      assert.equal(builtinName(value), undefined)
  })
})

describe('isLanguageName', () => {
  it('holds for globals of the language only', () => {
    assert.ok(isLanguageName('Math') && isLanguageName('undefined'))
    assert.ok(!isLanguageName('URL') && !isLanguageName('process') && !isLanguageName('own'))
  })
})

describe('isNodeClass', () => {
  it('holds for classes of Node, and for no others', () => {
    class Own {}
    assert.ok(isNodeClass(Blob) && isNodeClass(DOMException) && isNodeClass(AbortSignal))
    assert.ok(!isNodeClass(Own) && !isNodeClass(Map))
  })

  it('holds for classes of modules that are loaded later', () => {
    const module = fileURLToPath(new URL('../../lib/keys/builtins.ts', import.meta.url))
    const script = `
      const { isNodeClass } = await import(${JSON.stringify(module)})
      const before = process.moduleLoadList.includes('NativeModule repl') || isNodeClass(class {})
      const { REPLServer } = await import('node:repl')
      console.log(before, isNodeClass(REPLServer))`
    const output = execFileSync(process.execPath, ['--import=tsx', '--input-type=module', '-e', script])
    assert.equal(output.toString().trim(), 'false true')
  })
})
