import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import type { Change } from '../../lib/files/change.ts'
import { encodeBatch, scanLog } from '../../lib/files/log.ts'
import { keyHash } from '../../lib/files/record.ts'

const SEED = 0x1234567
const START = 128
const PAGE = 4096

describe('scanLog', () => {
  it('reads back any batches that encodeBatch wrote, and tells both of the same', () => {
    fc.assert(
      fc.property(anyBatches(300), batches => {
        const { log, items } = build(batches)
        const scan = scanLog(log, SEED, START)
        assert.deepEqual(scan.items, items)
        assert.equal(scan.end, START + log.length)
        assert.deepEqual(stateOf(log), modelOf(batches))
      }),
    )
  })

  it('reads, at every length of a log that was cut off, the whole batches and nothing more', () => {
    fc.assert(
      fc.property(anyBatches(40), batches => {
        const { log, ends } = build(batches)
        for (let length = 0; length <= log.length; length += 1) {
          const whole = ends.filter(end => end <= START + length)
          const scan = scanLog(log.subarray(0, length), SEED, START)
          assert.equal(scan.end, whole.at(-1) ?? START)
          assert.deepEqual(stateOf(log.subarray(0, length)), modelOf(batches.slice(0, whole.length)))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('gives, with any one bit flipped, the newest value of every key, or damage of that key alone', () => {
    fc.assert(
      fc.property(anyBatches(30), batches => {
        const { log, places } = build(batches)
        const expected = modelOf(batches)
        for (let bit = 0; bit < log.length * 8; bit += 1) {
          const damaged = Buffer.from(log)
          damaged[bit >> 3]! ^= 1 << (bit & 7)
          assertTruthful(damaged, places)
          const state = stateOf(damaged)
          const hurt = KEYS.filter(key => state.get(key) !== expected.get(key))
          assert.ok(hurt.length <= 1, `bit ${bit} hurt ${hurt}`)
          for (const key of hurt) assert.equal(state.get(key), DAMAGED, `bit ${bit}`)
        }
      }),
      { numRuns: 8 },
    )
  })

  it('never gives an older value for the newest where a page was lost, but at the end of what was synced', () => {
    fc.assert(
      fc.property(anyBatches(6_000), fc.nat(), fc.boolean(), (batches, place, garbage) => {
        const { log, ends, places } = build(batches)
        const pages = Math.ceil((START + log.length) / PAGE)
        const from = (place % pages) * PAGE - START
        const damaged = Buffer.from(log)
        damaged.fill(garbage ? 0xa5 : 0, Math.max(0, from), Math.min(log.length, from + PAGE))
        assertTruthful(damaged, places)
        const { end } = scanLog(damaged, SEED, START)
        const state = stateOf(damaged)
        if (end >= ends.at(-1)!) {
          const expected = modelOf(batches)
          for (const key of KEYS)
            assert.ok(state.get(key) === expected.get(key) || state.get(key) === DAMAGED)
          return
        }
        // As if it had ended there: nothing sound tells of what came later, but for the batch under way.
        const whole = ends.filter(each => each <= end)
        const expected = modelOf(batches.slice(0, whole.length))
        for (const key of KEYS) assert.ok(state.get(key) === expected.get(key) || state.get(key) === DAMAGED)
        const wholeAfter = ends.filter((_, index) => (ends[index - 1] ?? START) - START >= from + PAGE)
        assert.ok(wholeAfter.length <= 1, `${wholeAfter.length} whole batches came after it`)
      }),
      { numRuns: 300 },
    )
  })

  it('loses nothing that was synced to a hole that power loss left in what was not', () => {
    const old = [put('a', 'old'), put('b', 'old')]
    const acknowledged = encodeBatch(old, { seed: SEED, offset: START, synced: START })
    const synced = START + acknowledged.bytes.length
    const late: Buffer[] = []
    let offset = synced
    for (const key of ['a', 'c', 'd']) {
      late.push(encodeBatch([put(key, 'new')], { seed: SEED, offset, synced }).bytes)
      offset += late.at(-1)!.length
    }
    late[0]!.fill(0)
    const scan = scanLog(Buffer.concat([acknowledged.bytes, ...late]), SEED, START)
    assert.deepEqual(scan.items, acknowledged.items)
    assert.equal(scan.end, synced)
  })

  it('believes nothing older where a hole in what was synced hides which keys were changed', () => {
    const { log, ends, items } = build([[put('a', 'old')], [put('a', 'new')], [put('b', 'new')]])
    log.fill(0, ends[0]! - START, ends[1]! - START)
    assert.deepEqual(scanLog(log, SEED, START).items, [items[0], { is: 'gap' }, items[2]])
  })

  it('takes no copy of a log inside a value for records, wherever it looks', () => {
    fc.assert(
      fc.property(anyBatches(60), anyBatches(60), fc.nat(), fc.nat(), (batches, later, at, size) => {
        const inner = build(batches).log
        const { log, places } = build([...batches, [{ key: 'copy', bytes: inner }], ...later])
        const damaged = Buffer.from(log)
        const from = at % log.length
        damaged.fill(0, from, from + (size % (log.length - from)))
        assertTruthful(damaged, places)
      }),
      { numRuns: 500 },
    )
  })

  it('takes no record of another file, nor one that was moved, for its own', () => {
    const { log } = build([[put('a', 'one')], [put('b', 'two')]])
    assert.deepEqual(scanLog(log, SEED + 1, START).items, [])
    assert.deepEqual(scanLog(log, SEED, START + 8).items, [])
    assert.deepEqual(scanLog(Buffer.concat([Buffer.alloc(8), log]), SEED, START).items, [])
  })

  it('reads a batch of 300,000 changes', () => {
    const batch = Array.from({ length: 300_000 }, (_, index) => put(`${index}`, ''))
    const { bytes } = encodeBatch(batch, { seed: SEED, offset: START, synced: 0 })
    assert.equal(scanLog(bytes, SEED, START).items.length, 300_000)
  })
})

describe('encodeBatch', () => {
  it('refuses keys that could be mistaken for others, or are too long', () => {
    const place = { seed: SEED, offset: START, synced: 0 }
    assert.throws(() => encodeBatch([put('\ud800', 'x')], place), TypeError)
    assert.throws(() => encodeBatch([put('k'.repeat(65_536), 'x')], place), TypeError)
    assert.equal(encodeBatch([put('k'.repeat(65_535), 'x')], place).items.length, 1)
  })

  it('lays every record and every body at a multiple of 8', () => {
    fc.assert(
      fc.property(anyBatches(50), batches => {
        for (const item of build(batches).items) if (item.is === 'put') assert.equal(item.offset % 8, 0)
      }),
    )
  })
})

type State = ReadonlyMap<string, string>

const KEYS = ['a', 'b', 'c', 'd', '', 'ä\u{1f600}', 'a much longer key'] as const
const DAMAGED = 'damaged'

/** Values of `bodyBytes` at most; each is written once only, so that an older one is told from a newer. */
function anyBatches(bodyBytes: number): fc.Arbitrary<Change[][]> {
  const change = fc.record({
    key: fc.constantFrom(...KEYS),
    size: fc.option(fc.nat(bodyBytes), { freq: 4, nil: undefined }),
  })
  let serial = 0
  return fc
    .array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    .map(batches =>
      batches.map(batch =>
        batch.map(({ key, size }) => {
          serial += 1
          return {
            key,
            bytes: size === undefined ? undefined : Buffer.from(seal(key, serial, size)),
          }
        }),
      ),
    )
}

function put(key: string, value: string): Change {
  return { key, bytes: Buffer.from(value) }
}

/** As a writer does that syncs after each batch. */
function build(batches: readonly (readonly Change[])[]) {
  let offset = START
  const parts = batches.map(batch => {
    const part = encodeBatch(batch, { seed: SEED, offset, synced: offset })
    offset += part.bytes.length
    return { ...part, end: offset }
  })
  const items = parts.flatMap(part => part.items)
  return {
    log: Buffer.concat(parts.map(part => part.bytes)),
    items,
    ends: parts.map(part => part.end),
    places: new Set(items.map(item => JSON.stringify(item))),
  }
}

/** Every record that a reader sees is one that was written there. */
function assertTruthful(log: Buffer, places: ReadonlySet<string>): void {
  for (const item of scanLog(log, SEED, START).items) {
    if (item.is === 'put' || item.is === 'delete')
      assert.ok(places.has(JSON.stringify(item)), JSON.stringify(item))
  }
}

/** What a reader takes for the newest value of each key; a body that was never written is seen to be damaged. */
function stateOf(log: Buffer): State {
  const state = new Map<string, string>()
  for (const item of scanLog(log, SEED, START).items) {
    if (item.is === 'put') {
      const body = log.toString('utf8', item.offset - START, item.offset - START + item.bytes)
      state.set(item.key, isSound(body, item.key) ? body : DAMAGED)
    } else if (item.is === 'delete') state.delete(item.key)
    else
      for (const key of KEYS)
        if (item.is === 'gap' || keyHash(Buffer.from(key)) === item.keyHash) state.set(key, DAMAGED)
  }
  return state
}

/** A value that carries its own checksum, as every entry does. */
function seal(key: string, serial: number, size: number): string {
  const text = `${key} ${serial}`.padEnd(size, '.')
  return `${text}${crc32(text).toString(16).padStart(8, '0')}`
}

function isSound(value: string, key: string): boolean {
  const text = value.slice(0, -8)
  return text.startsWith(`${key} `) && value.slice(-8) === crc32(text).toString(16).padStart(8, '0')
}

function modelOf(batches: readonly (readonly Change[])[]): State {
  const state = new Map<string, string>()
  for (const { key, bytes } of batches.flat()) {
    if (bytes === undefined) state.delete(key)
    else state.set(key, Buffer.from(bytes).toString())
  }
  return state
}
