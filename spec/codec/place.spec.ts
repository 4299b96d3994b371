import assert from 'node:assert/strict'
import { type Place, renderPath, unencodable, type Via } from '../../lib/codec/place.ts'

function placeOf(...steps: [Via, string | number | symbol][]): Place {
  let place: Place = { parent: undefined, via: 'root', step: 'result' }
  for (const [via, step] of steps) place = { parent: place, via, step }
  return place
}

describe('renderPath', () => {
  const table: [string, Place][] = [
    ['result', placeOf()],
    ['result.a[0].ünï', placeOf(['property', 'a'], ['property', 0], ['property', 'ünï'])],
    [
      'result[3]["a b"]["01"][Symbol(s)]',
      placeOf(['property', '3'], ['property', 'a b'], ['property', '01'], ['property', Symbol('s')]),
    ],
    ['[...[...result.keys()][1].values()][2]', placeOf(['key', 1], ['value', 2])],
    ['[...result][0]', placeOf(['item', 0])],
    ['Point.encode(result.p).x', placeOf(['property', 'p'], ['state', 'Point'], ['property', 'x'])],
  ]
  for (const [path, place] of table) it(`gives ${path}`, () => assert.equal(renderPath(place), path))

  it('leaves out the middle of a long path', () => {
    const steps = Array.from({ length: 100 }, (_, index) => ['property', index] as [Via, number])
    const path = renderPath(placeOf(...steps))
    assert.match(path, /^result\[0\]\[1\].*\[11\]<77 more>\[89\].*\[99\]$/)
  })
})

describe('unencodable', () => {
  it('says what, where and what to do, and keeps the cause', () => {
    const cause = new Error('cause')
    const error = unencodable(placeOf(['property', 'a']), {
      type: 'T',
      because: 'it is a T',
      todo: 'Do that.',
      cause,
    })
    assert.equal(error.message, 'Cannot keep result.a: it is a T. Do that.')
    assert.deepEqual({ ...error.details }, { path: 'result.a', type: 'T' })
    assert.equal(error.cause, cause)
  })
})
