import assert from 'node:assert/strict'
import { Attachments } from '../../lib/codec/attachments.ts'
import { emptyError, strip } from '../../lib/codec/error-values.ts'
import { ERROR_CLASSES } from '../../lib/codec/extensions.ts'
import { lower } from '../../lib/codec/lower.ts'
import { textOf } from '../support/repository.ts'

/** What an error is in a body: its class number, then key, whether hidden, and value of each property. */
function propertiesOf(error: Error): unknown[] {
  const [node] = lower(error, 'result', new Attachments()) as [unknown[]]
  return node.slice(2)
}

describe('ERROR_CLASSES', () => {
  const numbers =
    '0 Error, 1 EvalError, 2 RangeError, 3 ReferenceError, 4 SyntaxError, 5 TypeError, 6 URIError, 7 AggregateError'

  it('has these numbers, which are never given to another class', () => {
    assert.equal(ERROR_CLASSES.map(({ name }, number) => `${number} ${name}`).join(', '), numbers)
  })

  it('is what docs/reference/codec-format.md lists', () => {
    const [, listed] = /^Error classes: ([^.]+)\./m.exec(textOf('docs/reference/codec-format.md')) ?? []
    assert.equal(listed?.replace(/\s+/g, ' '), numbers)
  })
})

describe('putErrorProperties', () => {
  it('appends key, whether hidden, and value: hidden what the engine made, visible what a program assigned', () => {
    const error = Object.assign(strip(new Error('made', { cause: 1 })), { message: 'assigned' }) as Error
    Object.defineProperty(error, 'cause', { value: 2, enumerable: false })
    assert.deepEqual(propertiesOf(error), ['message', false, 'assigned', 'cause', true, 2])
  })

  it('keeps the stack as the text that it is', () => {
    const error = new TypeError()
    assert.deepEqual(propertiesOf(error), ['stack', true, error.stack])
  })

  it('appends nothing for what is absent', () => {
    assert.deepEqual(propertiesOf(strip(new RangeError('m')) as Error), [])
  })

  it('refuses a stack that a program made an accessor, without running it', () => {
    const error = Object.defineProperty(new Error(), 'stack', {
      get() {
        assert.fail('ran a getter')
      },
    })
    assert.throws(() => propertiesOf(error), { code: 'ERR_CACHE_UNENCODABLE', message: /result\.stack/ })
  })
})

describe('emptyError', () => {
  for (const cls of ERROR_CLASSES) {
    it(`makes a genuine ${cls.name} without any property of its own`, () => {
      const error = emptyError(cls)
      assert.deepEqual(Reflect.ownKeys(error), [])
      assert.equal(Object.getPrototypeOf(error), cls.prototype)
      assert.equal(Object.prototype.toString.call(error), '[object Error]')
    })
  }
})
