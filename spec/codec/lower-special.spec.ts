import assert from 'node:assert/strict'
import { Attachments } from '../../lib/codec/attachments.ts'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import { lowerLeaf, lowerString } from '../../lib/codec/leaf.ts'
import { lower } from '../../lib/codec/lower.ts'
import { isBoxOf, isDomException, isSearchParams, isUrl } from '../../lib/codec/lower-special.ts'
import { marker } from '../../lib/codec/marker.ts'

/** What stands for `value` in a body. */
const lowered = (value: unknown) => lower(value, 'result', new Attachments())[0]

describe('what is neither a plain object nor an array', () => {
  it('is lowered as docs/reference/codec-format.md says', () => {
    const sticky = Object.assign(/a\n/gy, { lastIndex: 2 })
    const table: [value: unknown, type: number, contents: unknown[]][] = [
      [
        new Map<unknown, unknown>([
          ['b', 1],
          [2, []],
        ]),
        EXTENSION.MAP,
        ['b', 1, 2, []],
      ],
      [new Set(['b', 'a']), EXTENSION.SET, ['b', 'a']],
      [sticky, EXTENSION.REGEXP, ['a\\n', 'gy', 2]],
      [/\ud800/, EXTENSION.REGEXP, ['\\ud800', '', 0]],
      [new URL('http://a/b c'), EXTENSION.URL, ['http://a/b%20c']],
      [new URLSearchParams({ a: ' ', b: '&' }), EXTENSION.URL_SEARCH_PARAMS, ['a=+&b=%26']],
      [Object('text'), EXTENSION.BOXED, ['text']],
      [Object(-0), EXTENSION.BOXED, [lowerLeaf(-0)]],
      [Object(1n), EXTENSION.BOXED, [lowerLeaf(1n)]],
      [Object(false), EXTENSION.BOXED, [false]],
    ]
    for (const [value, type, contents] of table) assert.deepEqual(lowered(value), [marker(type), ...contents])
  })

  it('is a leaf where it is a Date: its time as float64, high byte first', () => {
    assert.deepEqual(
      lowered(new Date(1)),
      new Extension(EXTENSION.DATE, Uint8Array.of(0x3f, 0xf0, 0, 0, 0, 0, 0, 0)),
    )
  })

  it('is message, name, and then properties, where it is a DOMException', () => {
    const error = new DOMException('m\ud800', 'AbortError')
    const [type, message, name] = lowered(error) as unknown[]
    assert.deepEqual(
      [type, message, name],
      [marker(EXTENSION.DOM_EXCEPTION), lowerString('m\ud800'), 'AbortError'],
    )
  })

  it('is read by the methods of the language, not by what a value or a program put in their place', () => {
    const { forEach } = Map.prototype
    const { getTime } = Date.prototype
    try {
      Map.prototype.forEach = () => assert.fail('ran it')
      Date.prototype.getTime = () => assert.fail('ran it')
      assert.deepEqual(lowered(new Map([['a', 1]])), [marker(EXTENSION.MAP), 'a', 1])
      assert.ok(lowered(new Date(0)) instanceof Extension)
    } finally {
      Map.prototype.forEach = forEach
      Date.prototype.getTime = getTime
    }
  })

  it('is told by what it is underneath, not by its prototype', () => {
    for (const [is, genuine] of [
      [isUrl, new URL('a:b')],
      [isSearchParams, new URLSearchParams()],
      [isDomException, new DOMException()],
      [isBoxOf(Number.prototype), Object(1)],
    ] as const) {
      assert.equal(is(genuine), true)
      assert.equal(is(Object.create(Object.getPrototypeOf(genuine))), false)
    }
    assert.equal(isBoxOf(Number.prototype)(Object.setPrototypeOf(Object('1'), Number.prototype)), false)
  })
})

describe('refuseSearchParamsOfUrls', () => {
  it('refuses the searchParams of a URL of the same value, and no others', () => {
    const url = new URL('http://a/?b')
    assert.throws(() => lowered([url.searchParams, url]), {
      message: /^Cannot keep result\[0\]: it is the searchParams/,
    })
    lowered([url.searchParams, new URL(url)])
  })
})
