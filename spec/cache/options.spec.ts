import assert from 'node:assert/strict'
import {
  checkDecorateOptions,
  checkDictOptions,
  checkEvaluateOptions,
  type DecorateOptions,
  mergeOptions,
} from '../../lib/cache/options.ts'

const WRONG: Record<string, readonly unknown[]> = {
  access: ['', 'x', 'rr', null, 5],
  innerKey: [5, null, {}],
  name: ['', 5, null],
  ignore: ['a', [1], {}],
  fields: ['a', [1]],
  code: ['all', true],
  deps: [{}, 'a'],
  version: [{}, null, true],
  ttl: ['soon', -1, Number.NaN, Number.POSITIVE_INFINITY, '5', '5 years', null],
  history: ['always', true],
  errors: ['yes', 1],
  errorTtl: ['soon'],
  keepIf: [true, 'x'],
  validIf: [true],
  codec: [{}, 'json', { id: 'x', encode() {} }],
  share: ['all'],
  maxSize: ['much', '5', 0, -1, Number.NaN, null, {}],
  maxEntries: [0, 1.5, -1, '5', Number.NaN, Number.POSITIVE_INFINITY, null],
  evict: ['fifo', {}, { id: 'mine' }, { id: 'cost', rank: () => 1 }, null, () => 1],
  strict: [1, 'yes'],
}

describe('checkDecorateOptions', () => {
  for (const [name, values] of Object.entries(WRONG)) {
    it(`refuses a wrong ${name}, and says what is right`, () => {
      for (const value of values) {
        assert.throws(
          () => checkDecorateOptions({ [name]: value }),
          { name: 'TypeError', message: new RegExp(`${name}|Give`) },
          String(value),
        )
      }
    })
  }

  it('takes undefined for an option that is not given', () => {
    checkDecorateOptions(Object.fromEntries(Object.keys(WRONG).map(name => [name, undefined])))
  })

  it('refuses names that it does not know, inherited ones too, and what is no object', () => {
    for (const options of [{ tll: 1 }, { toString: 1 }, { __proto__: null, nothing: 1 }]) {
      assert.throws(() => checkDecorateOptions(options as DecorateOptions), {
        name: 'TypeError',
        message: /has no option/,
      })
    }
    for (const options of [null, 5, 'x'])
      assert.throws(() => checkDecorateOptions(options as DecorateOptions), TypeError)
  })
})

describe('checkEvaluateOptions and checkDictOptions', () => {
  it('know their own options only', () => {
    checkEvaluateOptions({
      code: 'own',
      deps: [],
      version: 1,
      ttl: 5,
      keepIf: () => true,
      refresh: true,
      signal: AbortSignal.abort(),
    })
    assert.throws(() => checkEvaluateOptions({ signal: {} as AbortSignal }), {
      name: 'TypeError',
      message: /AbortSignal/,
    })
    assert.throws(() => checkEvaluateOptions({ ignore: [] } as object), TypeError)
    checkDictOptions({ onError: 'keep', exclusive: true })
    assert.throws(() => checkDictOptions({ ttl: 5 } as object), TypeError)
    assert.throws(() => checkDictOptions({ exclusive: 1 } as object), TypeError)
  })
})

describe('mergeOptions', () => {
  it('replaces what is said again, and a key by one of the other kind', () => {
    assert.deepEqual(mergeOptions({ ttl: 1, name: 'a' }, { ttl: 2 }), { ttl: 2, name: 'a' })
    assert.deepEqual(mergeOptions({ outerKey: 1 }, { innerKey: 'n' }), { innerKey: 'n' })
    assert.deepEqual(mergeOptions({ innerKey: 'n' }, { outerKey: 1 }), { outerKey: 1 })
  })
})
