import { deserialize, serialize } from 'node:v8'
import * as msgpack from '@msgpack/msgpack'
import { station } from '../entries.ts'
import { timed } from '../rounds.ts'
import type { Bench, Contender, Row } from '../row.ts'

const SMALL_CALLS = 20_000
const TABLE_ROWS = 10_000
const LARGE_BYTES = 100e6

interface Way {
  readonly name: string
  readonly encode: (value: unknown) => Uint8Array
  readonly decode: (bytes: Uint8Array) => unknown
  readonly note?: string
}

const MSGPACK: Way = { name: '@msgpack/msgpack', encode: msgpack.encode, decode: msgpack.decode }
const V8: Way = { name: 'v8.serialize', encode: serialize, decode: deserialize }
const JSON_TEXT: Way = {
  name: 'JSON',
  encode: value => Buffer.from(JSON.stringify(value)),
  decode: bytes => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()),
}

export const CODEC_ROWS: readonly Row[] = [
  ...directions('codec-small', () => 'a small object', {
    rounds: 15,
    calls: bench => bench.scaled(SMALL_CALLS, 100),
    value: () => station(42),
  }),
  ...directions(
    'codec-table',
    bench => `an array of ${bench.scaled(TABLE_ROWS).toLocaleString('en')} records`,
    {
      rounds: 15,
      calls: () => 1,
      value: bench => Array.from({ length: bench.scaled(TABLE_ROWS) }, (_, id) => station(id)),
    },
  ),
  large('encode', (bench, array) => {
    const { encode } = bench.cachedict
    return [
      { ...once('one plain copy of its bytes', () => new Uint8Array(bytesOf(array))) },
      { ...once('cachedict', () => encode(array)), aims: [{ times: 2 }] },
      { ...once(MSGPACK.name, () => msgpack.encode(bytesOf(array))), note: 'as bytes: it forgets the type' },
      once(V8.name, () => serialize(array)),
    ]
  }),
  large('decode', (bench, array) => {
    const { encode, decode } = bench.cachedict
    const [ours, packed, serialized] = [encode(array), msgpack.encode(bytesOf(array)), serialize(array)]
    const isView = (decode(ours) as Float64Array).buffer === ours.buffer
    return [
      once('one plain copy of its bytes', () => new Uint8Array(bytesOf(array))),
      {
        ...once('cachedict', () => decode(ours)),
        // A view costs next to nothing; a copy costs a copy.
        aims: [{ times: 0.1 }],
        note: isView ? 'a view onto the bytes' : 'no view: it was copied',
      },
      { ...once(MSGPACK.name, () => msgpack.decode(packed)), note: 'a view, as bytes: it forgets the type' },
      { ...once(V8.name, () => deserialize(serialized)), note: 'a view onto the bytes' },
    ]
  }),
]

interface Work {
  readonly rounds: number
  readonly calls: (bench: Bench) => number
  readonly value: (bench: Bench) => unknown
}

/** A table for encoding, and one for decoding. */
function directions(id: string, what: (bench: Bench) => string, work: Work): readonly Row[] {
  const row = (direction: 'encode' | 'decode'): Row => ({
    id: `${id}-${direction}`,
    title: bench => `${direction === 'encode' ? 'Encode' : 'Decode'} ${what(bench)}`,
    rounds: work.rounds,
    warmUps: 3,
    contenders: async bench => {
      const value = work.value(bench)
      const ours: Way = { name: 'cachedict', ...bench.cachedict }
      return [MSGPACK, ours, V8, JSON_TEXT].map(({ name, encode, decode }) => {
        const bytes = encode(value)
        const act = direction === 'encode' ? () => encode(value) : () => decode(bytes)
        return repeated(name, work.calls(bench), act)
      })
    },
  })
  return [row('encode'), row('decode')]
}

function large(
  direction: 'encode' | 'decode',
  contenders: (bench: Bench, array: Float64Array) => readonly Contender[],
): Row {
  return {
    id: `codec-large-${direction}`,
    title: ({ scaled }) =>
      `${direction === 'encode' ? 'Encode' : 'Decode'} a Float64Array of ${scaled(LARGE_BYTES) / 1e6} MB`,
    rounds: 11,
    warmUps: 2,
    contenders: async bench =>
      contenders(
        bench,
        Float64Array.from({ length: bench.scaled(LARGE_BYTES) / 8 }, (_, index) => index / 3),
      ),
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function once(name: string, act: () => unknown): Contender {
  return repeated(name, 1, act)
}

/** What is made is looked at, so that the engine cannot leave the work out. */
let last: unknown

function repeated(name: string, calls: number, act: () => unknown): Contender {
  return {
    name,
    operations: calls,
    round: () => {
      last = undefined
      return timed(() => {
        for (let call = 0; call < calls; call += 1) last = act()
      })
    },
    end: () => {
      if (last === undefined) throw new Error(`${name} made nothing.`)
    },
  }
}
