import assert from 'node:assert/strict'
import * as lists from '../../lib/fingerprint/node-names.ts'

describe('The lists of what Node provides', () => {
  const words = (text: string) => text.split(' ')

  it('name each thing once, with single spaces', () => {
    const { GLOBALS, LAZY_MEMBERS, LOADED_WITH, ...texts } = lists
    for (const text of [...Object.values(texts), Object.values(GLOBALS).join(' ')]) {
      assert.ok(!words(text).includes(''))
      assert.equal(new Set(words(text)).size, words(text).length, text)
    }
    for (const text of Object.values(LAZY_MEMBERS)) assert.ok(words(text).every(name => name.includes('.')))
    for (const module of Object.keys(LOADED_WITH)) assert.ok(words(lists.MODULES).includes(module), module)
  })

  it('look into named objects only, and list no module that is hidden', () => {
    const named = words(lists.NAMED_OBJECTS)
    assert.ok(words(lists.NAMESPACES).every(name => named.includes(name)))
    assert.ok(words(lists.HOMES_OF_GLOBALS).every(name => words(lists.MODULES).includes(name)))
    assert.ok(words(lists.HIDDEN_MODULES).every(name => !words(lists.MODULES).includes(name)))
  })

  it('know every global of this version of Node that the language does not have', () => {
    const known = new Set(words(Object.values(lists.GLOBALS).join(' ')))
    const own = 'process console global navigator crypto'.split(' ')
    const missing = ['Blob', 'EventTarget', 'performance', 'URL', 'fetch', 'MessagePort'].filter(
      name => !known.has(name),
    )
    assert.deepEqual(missing, [])
    assert.ok(own.every(name => !known.has(name)))
  })
})
