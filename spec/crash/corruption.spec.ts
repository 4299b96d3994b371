import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { CacheDict, close, decorate, encode, withCache } from 'cachedict'
import { HEADER_BYTES } from '../../lib/files/file-header.ts'
import { keepableValues } from '../support/codec-values.ts'
import { besides, runProgram } from '../support/program.ts'
import { withoutWarnings } from '../support/quiet.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const FLIPS = 500
const TRUNCATIONS = 100
/** A value of every kind, as long as a thousand rounds of them take seconds. */
const LARGEST_BYTES = 12_000

type Values = ReadonlyMap<string, string>

const cube = (n: number) => ({ n, cube: n ** 3, text: 'c'.repeat(n) })
const CALLS = [1, 2, 3, 40, 500]

describe('A damaged file', function () {
  this.timeout(0)
  withoutWarnings()
  const at = temporaryFolder()
  const seed = newSeed()
  const random = randomOf(seed)
  const below = (limit: number) => Math.floor(random() * limit)

  it('costs at most the entry that a flipped bit hit, and none where it hit header, footer or index', async () => {
    const values = await makeDictionary(at('sound.cache'))
    const sound = readFileSync(at('sound.cache'))
    const ends = bitsOfEnds(sound)
    for (const round of rounds(ends.length + FLIPS)) {
      const bit = round < ends.length ? ends[round]! : below(sound.length * 8)
      const file = at('x.cache')
      writeFileSync(file, flipped(sound, bit))
      const lost = await countLost(file, values, `bit ${bit}, seed ${seed}`)
      assert.ok(lost <= 1, `bit ${bit} cost ${lost} entries`)
      if (round < ends.length) assert.equal(lost, 0, `bit ${bit} of header or footer cost an entry`)
    }
  })

  it('costs at most the entry that a flipped bit of its journal hit, and never shows what was there before', async () => {
    const { newer, both } = await makeJournaled(at('sound.cache'))
    const sound = readFileSync(at('sound.cache.journal'))
    for (const round of rounds(HEADER_BYTES + FLIPS)) {
      const bit = round < HEADER_BYTES ? round * 17 : below(sound.length * 8)
      const file = at('x.cache')
      copyFileSync(at('sound.cache'), file)
      writeFileSync(`${file}.journal`, flipped(sound, bit))
      const lost = await countLost(file, both, `bit ${bit} of the journal, seed ${seed}`)
      assert.ok(lost <= 1, `bit ${bit} of the journal cost ${lost} entries of ${newer.size}`)
    }
  })

  it('shows, cut off anywhere, right values or none', async () => {
    const values = await makeDictionary(at('sound.cache'))
    const { size } = statSync(at('sound.cache'))
    for (const round of rounds(TRUNCATIONS)) {
      const file = at('x.cache')
      copyFileSync(at('sound.cache'), file)
      truncateSync(file, round < 70 ? round : below(size))
      await countLost(file, values, `cut at ${statSync(file).size}, seed ${seed}`)
    }
  })

  it('shows, with its journal cut off, what was there at one moment', async () => {
    const { older, both } = await makeJournaled(at('sound.cache'))
    const journal = readFileSync(at('sound.cache.journal'))
    for (const round of rounds(TRUNCATIONS)) {
      const file = at('x.cache')
      copyFileSync(at('sound.cache'), file)
      const length = round < 2 * HEADER_BYTES + 2 ? round : below(journal.length)
      writeFileSync(`${file}.journal`, journal.subarray(0, length))
      const shown = await read(file)
      // The journal was written in the order of the keys: once one is as before, so are all that follow.
      let isBefore = false
      for (const [key, value] of both) {
        const now = shown.get(key)
        isBefore ||= now !== value
        assert.equal(now, isBefore ? older.get(key) : value, `${key}, cut at ${length}`)
      }
    }
  })

  it("keeps, of a killed block's damaged journal, what stands before the damage", async () => {
    const file = at('sound.cache')
    const program = runProgram('spec/crash/programs/endings.ts', { args: [file, 'busy'] })
    await program.line()
    await program.kill()
    const name = readdirSync(at()).find(entry => entry.endsWith('.block'))!
    const sound = readFileSync(at(name))
    for (let bit = 0; bit < sound.length * 8; bit += 7) {
      const copy = at(`${bit}.cache`)
      for (const part of ['', '.journal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part)
      writeFileSync(at(name.replace('sound', String(bit))), flipped(sound, bit))
      await using dict = await CacheDict.open<unknown, string>(copy, 'r')
      assert.equal(dict.get('fact'), 'computed')
      assert.ok([undefined, 1].includes(dict.get('a') as undefined))
      assert.ok(['undefined', '[1]', '[1,2]'].includes(String(JSON.stringify(dict.get('b')))), `bit ${bit}`)
      assert.ok(['undefined', '{"n":2}'].includes(String(JSON.stringify(dict.get('c')))), `bit ${bit}`)
      await close(copy)
    }
  })

  it('gives decorated calls right results, evaluates again just what was hit, and is whole afterwards', async () => {
    const sound = at('sound.cache')
    const kept = decorate(cube, { path: sound })
    for (const n of CALLS) kept(n)
    await withCache(sound, dict => dict.set('more', 1))
    const bytes = readFileSync(sound)
    for (const _ of rounds(FLIPS / 4)) {
      const file = at('x.cache')
      rmSync(`${file}.journal`, { force: true })
      writeFileSync(file, flipped(bytes, below(bytes.length * 8)))
      const again = decorate(cube, { path: file })
      for (const n of CALLS) assert.deepEqual(again(n), cube(n))
      const { evaluations } = await again.stats()
      assert.ok(evaluations <= 1, `${evaluations} were evaluated again`)
      const healed = decorate(cube, { path: file, access: 'r' })
      for (const n of CALLS) assert.deepEqual(healed(n), cube(n))
      await close(file)
    }
  })

  it('is whole again after the next write', async () => {
    const values = await makeDictionary(at('sound.cache'))
    const sound = readFileSync(at('sound.cache'))
    for (const bit of [
      ...bitsOfEnds(sound).filter((_, index) => index % 10 === 0),
      below(sound.length * 8),
    ]) {
      const file = at(`${bit}.cache`)
      writeFileSync(file, flipped(sound, bit))
      const lost = await countLost(file, values, `bit ${bit}`)
      await withCache(file, dict => dict.set('more', bit))
      const shown = await read(file)
      assert.equal(shown.size, values.size - lost + 1)
      const again = readFileSync(file)
      assert.ok(again.subarray(0, 8).equals(sound.subarray(0, 8)) && again.length > sound.length / 2)
      assert.deepEqual(
        besides(file).filter(name => name.startsWith(`${bit}.`)),
        [],
      )
    }
  })
})

/** A dictionary with a value of every kind; returns what each is, by its encoding. */
async function makeDictionary(file: string): Promise<Values> {
  const values = new Map<string, string>()
  await withCache<unknown, string>(file, dict => {
    for (const [key, value] of Object.entries(keepableValues())) {
      if (encode(value).length > LARGEST_BYTES) continue
      dict.set(key, value)
      values.set(key, text(dict.get(key)))
    }
  })
  await close(file)
  return values
}

/** A dictionary, and beside it a journal with newer values of half of its keys and a few new ones. */
async function makeJournaled(file: string): Promise<{ older: Values; newer: Values; both: Values }> {
  const older = new Map<string, string>()
  const newer = new Map<string, string>()
  await withCache<unknown, string>(file, dict => {
    for (let n = 0; n < 20; n += 1) {
      dict.evaluate(`key ${n}`, () => ({ old: n }))
      older.set(`key ${n}`, text({ old: n }))
    }
  })
  await withCache<unknown, string>(file, 'ew', async dict => {
    const values = Object.values(keepableValues()).filter(value => encode(value).length < LARGEST_BYTES / 10)
    for (let n = 10; n < 30; n += 1) {
      newer.set(`key ${n}`, text(dict.evaluate(`key ${n}`, () => values[n])))
    }
    copyFileSync(`${file}.journal`, `${file}.kept`)
    copyFileSync(file, `${file}.before`)
  })
  await close(file)
  copyFileSync(`${file}.before`, file)
  copyFileSync(`${file}.kept`, `${file}.journal`)
  return { older, newer, both: new Map([...newer, ...[...older].filter(([key]) => !newer.has(key))]) }
}

/** How many of `values` are not there any more. Fails for one that is there, and not what it was. */
async function countLost(file: string, values: Values, what: string): Promise<number> {
  const shown = await read(file)
  for (const [key, value] of shown) assert.equal(value, values.get(key), `${key} is another: ${what}`)
  return values.size - shown.size
}

async function read(file: string): Promise<Values> {
  try {
    return await withCache<unknown, string, Values>(file, 'r', dict => {
      const listed = new Map([...dict].map(([key, value]) => [key, text(value)]))
      for (const key of listed.keys()) assert.equal(text(dict.get(key)), listed.get(key))
      return listed
    })
  } finally {
    await close(file)
  }
}

function text(value: unknown): string {
  return createHash('sha256').update(encode(value)).digest('hex')
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

/** Every 23rd bit of header, footer and index: all positions within a byte come up. */
function bitsOfEnds(file: Buffer): readonly number[] {
  const footer = file.length - HEADER_BYTES
  const index = Number(file.readBigUInt64LE(footer + 48))
  const bits: number[] = []
  for (let bit = 0; bit < file.length * 8; bit += 23) {
    const byte = bit >> 3
    if (byte < HEADER_BYTES || byte >= index) bits.push(bit)
  }
  return bits
}
