import assert from 'node:assert/strict'
import { parseFunction } from '../../lib/base/parse-function.ts'
import { viewThrough } from '../../lib/keys/pattern-view.ts'
import { seenThrough, type View } from '../../lib/keys/view.ts'

const viewOf = (pattern: string, isIgnored: (path: readonly string[]) => boolean = () => false): View => {
  const [parameter] = parseFunction(`(${pattern}) => 1`)?.params ?? []
  assert.ok(parameter !== undefined)
  return viewThrough(parameter, isIgnored)
}

describe('viewThrough', () => {
  it('reads names, defaults and patterns', () => {
    assert.deepEqual(viewOf('a'), { isIgnored: false, ignored: [], constant: undefined, parts: undefined })
    assert.deepEqual(viewOf('a = 1').constant, { value: 1 })
    assert.equal(viewOf('a = f()').constant, undefined)
    const { parts } = viewOf('{ a: { b = 2 }, "c d": e, ...f }')
    assert.ok(parts?.of === 'object' && parts.hasRest)
    assert.deepEqual([...parts.views.keys()], ['a', 'c d'])
    const list = viewOf('[a, , b]').parts
    assert.ok(list?.of === 'array' && !list.hasRest)
    assert.deepEqual(
      list.views.map(view => view !== undefined),
      [true, false, true],
    )
  })

  it('gives as default what is seen of it', () => {
    assert.deepEqual(viewOf('{ a = 1 } = {}').constant, { value: { a: 1 } })
    assert.deepEqual(viewOf('[a, [b] = [2]] = [1]').constant, { value: [1, [2]] })
  })

  it('takes the whole where it cannot tell what is seen', () => {
    assert.equal(viewOf('{ a = 1, [b]: c }').parts, undefined)
    assert.equal(viewOf('{ a = 1, a: c }').parts, undefined)
    assert.deepEqual(seenThrough(viewOf('{ a = 1, [b]: c } = {}'), undefined), {})
  })

  it('knows the ways to what is ignored', () => {
    const view = viewOf('{ a: { b }, c: [d] }', path => path.join() === 'a,b' || path.join() === 'c,0')
    assert.deepEqual(view.ignored, [['a', 'b'], ['c', '0']]) // biome-ignore format: one line
    assert.ok(viewOf('a', path => path.length === 0).isIgnored)
  })
})
