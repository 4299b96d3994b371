import assert from 'node:assert/strict'
import { isBindingBag, isBindingGetter } from '../../lib/fingerprint/binding-getters.ts'

/** The getter as a compiler writes it: read from text, so that none of ours changes it. */
const getter = (property: string): (() => unknown) => {
  const object: object = new Function(`return { ${property} }`)()
  const { get, value } = Object.getOwnPropertyDescriptor(object, 'x') ?? {}
  return get ?? value
}

describe('isBindingGetter', () => {
  it('holds for what compilers make', () => {
    for (const text of [
      'x: () => load',
      'x:()=>load',
      'x: () => from[key]',
      'x: () => a.b.c',
      "x: () => a['b-c']",
      'x: function () { return m[k]; }',
      'x: function() { return foo_1.bar; }',
      'x: function get() {\n    return _foo.bar;\n  }',
      'get x() { return x; }',
      'get x () { return __vi_import_0__.x }',
      'get x(){return x}',
      'x() { return x }',
      "get 'x'() { return x }",
      'x: function () { "use strict"; return $a.b }',
    ])
      assert.ok(isBindingGetter(getter(text)), text)
  })

  it('does not hold for what runs something', () => {
    for (const text of [
      'get x() { return load() }',
      'x: () => a + b',
      'x: () => new A',
      'x: () => (count++, a)',
      'x: () => a[b()]',
      'x: a => a.b',
      'x: async () => a',
      'get x() { count++; return a }',
      'x: () => { throw 1 }',
      'x: () => ({})',
      `x: () => \`\${a}\``,
      'set x(value) {}',
    ])
      assert.ok(!isBindingGetter(getter(text) ?? (() => text.length + 1)), text)
  })
})

describe('isBindingBag', () => {
  it('holds for properties that all are such getters, but for a default', () => {
    const bag = (text: string): object => new Function(`return ${text}`)()
    assert.ok(isBindingBag(bag('{ get a() { return a }, get b() { return b } }')))
    assert.ok(isBindingBag(bag('{ default: 1, get b() { return b } }')))
    for (const text of [
      '{}',
      '{ a: 1 }',
      '{ default: 1 }',
      '{ get a() { return a }, b: 1 }',
      '{ get a() { return f() } }',
    ])
      assert.ok(!isBindingBag(bag(text)), text)
  })
})
