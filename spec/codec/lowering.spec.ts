import assert from 'node:assert/strict'
import { MAX_DEPTH } from '../../lib/codec/body.ts'
import { EXTENSION, Extension } from '../../lib/codec/extensions.ts'
import {
  asHolder,
  fillSlot,
  hoist,
  type Lowering,
  put,
  referenceTo,
  type Slot,
} from '../../lib/codec/lowering.ts'

/** A run whose walk puts `{}` for each object, and notes which it was given. */
function newRun(): { lowering: Lowering; walked: object[]; place: (value: unknown, key: number) => void } {
  const walked: object[] = []
  const lowering: Lowering = {
    table: [undefined],
    seen: new Map(),
    pending: [],
    binaries: [],
    customs: new Map(),
    depth: 0,
    walk: (_, slot, value) => {
      walked.push(value)
      fillSlot(slot, { walked: walked.length })
    },
  }
  const root = {}
  put(
    lowering,
    root,
    { holder: asHolder(lowering.table), key: 0 },
    { parent: undefined, via: 'root', step: 'result' },
  )
  const parent = lowering.seen.get(root)!
  const holder = asHolder([])
  fillSlot(parent, holder)
  return {
    lowering,
    walked,
    place: (value, key) => put(lowering, value, { holder, key }, { parent, via: 'property', step: key }),
  }
}

describe('put', () => {
  it('puts a leaf where it belongs, and walks an object', () => {
    const { lowering, walked, place } = newRun()
    const object = { a: 1 }
    place('text', 0)
    place(object, 1)
    assert.deepEqual(lowering.table, [['text', { walked: 2 }]])
    assert.equal(walked[1], object)
  })

  it('moves an object that is met again into the table, and puts one reference at every place', () => {
    const { lowering, walked, place } = newRun()
    const shared = {}
    for (const key of [0, 1, 2]) place(shared, key)
    const reference = referenceTo(1)
    assert.deepEqual(lowering.table, [[reference, reference, reference], { walked: 2 }])
    assert.equal(walked.length, 2)
  })

  it('refers to the root where it stands, at the first place of the table', () => {
    const { lowering, place } = newRun()
    const [root] = lowering.seen.keys()
    place(root, 0)
    assert.deepEqual(lowering.table, [[referenceTo(0)]])
  })

  it('leaves what lies deeper than MAX_DEPTH for later, with its place in the table', () => {
    const { lowering, walked, place } = newRun()
    lowering.depth = MAX_DEPTH
    const deep = {}
    place(deep, 0)
    assert.deepEqual(lowering.table, [[referenceTo(1)], undefined])
    assert.deepEqual([walked.length, lowering.pending.map(({ value }) => value)], [1, [deep]])
    lowering.depth = MAX_DEPTH - 1
    place({}, 1)
    assert.deepEqual([walked.length, lowering.depth], [2, MAX_DEPTH - 1])
  })

  it('refuses functions, symbols and Proxies, with the path and before any walk', () => {
    const { walked, place } = newRun()
    for (const [value, type] of [
      [() => 1, 'function'],
      [Symbol('s'), 'symbol'],
      [new Proxy({}, { get: () => assert.fail('ran a trap') }), 'Proxy'],
    ] as const) {
      assert.throws(
        () => place(value, 3),
        ({ details }: { details: object }) => {
          assert.deepEqual({ ...details }, { path: 'result[3]', type })
          return true
        },
      )
    }
    assert.equal(walked.length, 1)
  })
})

describe('hoist', () => {
  it('lets what fills the slot later stand in the table', () => {
    const { lowering, place } = newRun()
    const object = {}
    place(object, 0)
    const slot: Slot = lowering.seen.get(object)!
    hoist(lowering, slot)
    fillSlot(slot, 'late')
    assert.deepEqual(lowering.table, [[referenceTo(1)], 'late'])
  })
})

describe('referenceTo', () => {
  it('is an extension with the index as uint32, high byte first', () => {
    assert.deepEqual(referenceTo(0x01020304), new Extension(EXTENSION.REFERENCE, Uint8Array.of(1, 2, 3, 4)))
  })
})
