import assert from 'node:assert/strict'
import { privateOwner } from '../../lib/codec/private-fields.ts'

class Plain {
  a = '#text'
  b = /#/
  // #comment
  c = `#${'template'}`
  static #counter = 0
  static count(): number {
    return ++Plain.#counter
  }
  inner(): unknown {
    return class {
      readonly #hidden = 1
      read = () => this.#hidden
    }
  }
}
class Field {
  readonly #x = 1
  read = () => this.#x
}
class Method {
  #x(): number {
    return 1
  }
  read = () => this.#x()
}
class Accessor {
  get #x(): number {
    return 1
  }
  read = () => this.#x
}
class Heir extends Field {}

describe('privateOwner', () => {
  it('finds private fields, methods and accessors, inherited ones too', () => {
    for (const cls of [Field, Method, Accessor]) assert.equal(privateOwner(cls), cls)
    assert.equal(privateOwner(Heir), Field)
  })

  it('is not fooled by # in text, patterns, comments, static members and inner classes', () => {
    assert.equal(privateOwner(Plain), undefined)
    assert.equal(
      privateOwner(function Old() {}),
      undefined,
    )
  })

  it('finds private fields that were compiled for an older target', () => {
    const __classPrivateFieldSet = (..._: unknown[]) => undefined
    class Compiled {
      constructor() {
        __classPrivateFieldSet(this, 1)
      }
    }
    assert.equal(privateOwner(Compiled), Compiled)
  })

  it('finds those of classes of Node', () => {
    assert.equal(privateOwner(URL), URL)
  })
})
