import assert from 'node:assert/strict'
import { parseExpressionAt } from 'acorn'
import { joinedStrings, stringIn } from '../../../lib/fingerprint/normal-form/strings.ts'

const node = (text: string) => parseExpressionAt(text, 0, { ecmaVersion: 'latest' })

describe('stringIn', () => {
  it('gives the string that a node is', () => {
    assert.equal(stringIn(node('"a"')), 'a')
    assert.equal(stringIn(node('`a\\n`')), 'a\n')
    for (const text of ['1', 'a', '`\u0024{a}`', '/a/']) assert.equal(stringIn(node(text)), undefined, text)
    assert.equal(stringIn(undefined), undefined)
  })
})

describe('joinedStrings', () => {
  const joined = (text: string) => {
    const sum = node(text)
    assert.equal(sum.type, 'BinaryExpression')
    const result = joinedStrings(sum)
    return result && [result.before?.type, result.text]
  }

  it('joins the strings at the end of a sum', () => {
    assert.deepEqual(joined('"a" + "b" + `c`'), [undefined, 'abc'])
    assert.deepEqual(joined('a + "b" + "c"'), ['Identifier', 'bc'])
    assert.deepEqual(joined('a + 1 + "c"'), ['BinaryExpression', 'c'])
  })

  it('leaves other sums alone', () => {
    assert.equal(joined('"a" + b'), undefined)
    assert.equal(joined('a - "b"'), undefined)
  })
})
