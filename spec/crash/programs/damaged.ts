// node damaged.js <folder of a sound store> <folder to work in> <seed> <first case> <end>
// node damaged.js <folder> make
// Damages a copy of the store for each case, uses it, and says what it was about to do and what came of it:
// "case <n> <what>", then "is <n> <misses> <warnings>", or "refused <n> <code>"; and "wrong <n> <what>". LMDB's
// own words about what it sees go to stderr.
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { CacheError, close, decorate, withCache } from 'cachedict'

const [sound = '', work = '', seed = '0', first = '0', end = '0'] = process.argv.slice(2)
/** Each kind of refusal of each function, and what is read and written: no more, however much is done. */
const MOST_WARNINGS = 3
const PAGE = 4096
const say = (line: string) => fs.writeSync(1, `${line}\n`)
const complain = (line: string) => say(`wrong ${what}: ${line.replaceAll('\n', ' | ')}`)
let what = ''

/** Mulberry32, begun anew for each case: any of them can be repeated alone. */
let state = 0
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
const below = (limit: number) => Math.floor(random() * limit)
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!

type Damage = (path: string) => string

const changed = (path: string, change: (bytes: Buffer) => Buffer | void): void => {
  const bytes = fs.readFileSync(path)
  fs.writeFileSync(path, change(bytes) ?? bytes)
}
const flip = (bytes: Buffer, from = 0, to = bytes.length): string => {
  const at = from + below(Math.max(to - from, 0))
  const bit = below(8)
  if (at < bytes.length) bytes[at]! ^= 1 << bit
  return `bit ${bit} of byte ${at}`
}

const FILE_DAMAGES: Readonly<Record<string, Damage>> = {
  cut(path) {
    const { size } = fs.statSync(path)
    const length = random() < 0.5 ? below(size) : below(size / PAGE + 1) * PAGE
    fs.truncateSync(path, length)
    return `at ${length}`
  },
  flip(path) {
    let what = ''
    changed(path, bytes => {
      what = flip(bytes)
    })
    return what
  },
  'flip many'(path) {
    changed(path, bytes => {
      for (let n = 1 + below(50); n > 0; n -= 1) flip(bytes)
    })
    return ''
  },
  random(path) {
    changed(path, bytes => {
      const at = below(bytes.length)
      for (let n = at; n < Math.min(bytes.length, at + 1 + below(2 * PAGE)); n += 1) bytes[n] = below(256)
    })
    return ''
  },
  'all random'(path) {
    changed(path, bytes => Buffer.from(bytes.map(() => below(256))))
    return ''
  },
  zero(path) {
    changed(path, bytes => void bytes.fill(0, below(bytes.length), bytes.length))
    return ''
  },
  empty(path) {
    fs.truncateSync(path, 0)
    return ''
  },
  append(path) {
    fs.appendFileSync(path, Buffer.alloc(1 + below(3 * PAGE), below(256)))
    return ''
  },
  remove(path) {
    fs.rmSync(path)
    return ''
  },
  folder(path) {
    fs.rmSync(path)
    fs.mkdirSync(path)
    return ''
  },
  link(path) {
    fs.rmSync(path)
    fs.symlinkSync(join(work, 'nowhere'), path)
    return ''
  },
  pipe(path) {
    fs.rmSync(path)
    execFileSync('mkfifo', [path])
    return ''
  },
}
const PAGE_DAMAGES: Readonly<Record<string, Damage>> = {
  'flip meta'(path) {
    let what = ''
    changed(path, bytes => {
      const meta = below(2) * PAGE
      what = flip(bytes, meta, meta + 200)
    })
    return what
  },
  'flip heads of pages'(path) {
    let what = ''
    changed(path, bytes => {
      const page = below(bytes.length / PAGE) * PAGE
      what = flip(bytes, page, page + 64)
    })
    return what
  },
  'zero page'(path) {
    let page = 0
    changed(path, bytes => {
      page = below(bytes.length / PAGE)
      bytes.fill(0, page * PAGE, (page + 1) * PAGE)
    })
    return `${page}`
  },
  'swap pages'(path) {
    let what = ''
    changed(path, bytes => {
      const [a, b] = [below(bytes.length / PAGE), below(bytes.length / PAGE)]
      const page = Buffer.from(bytes.subarray(a * PAGE, (a + 1) * PAGE))
      bytes.copy(bytes, a * PAGE, b * PAGE, (b + 1) * PAGE)
      page.copy(bytes, b * PAGE)
      what = `${a} and ${b}`
    })
    return what
  },
  'double page'(path) {
    let what = ''
    changed(path, bytes => {
      const [a, b] = [below(bytes.length / PAGE), below(bytes.length / PAGE)]
      bytes.copy(bytes, a * PAGE, b * PAGE, (b + 1) * PAGE)
      what = `${b} over ${a}`
    })
    return what
  },
  'random page'(path) {
    changed(path, bytes => {
      const page = below(bytes.length / PAGE) * PAGE
      for (let n = page; n < page + PAGE && n < bytes.length; n += 1) bytes[n] = below(256)
    })
    return ''
  },
  'other version'(path) {
    changed(path, bytes => {
      for (const meta of [0, PAGE]) bytes.writeUInt32LE(below(2) === 0 ? 7 : below(2 ** 32), meta + 28)
    })
    return ''
  },
}
const valuesOf = (store: string) =>
  fs
    .readdirSync(join(store, 'values'), { recursive: true })
    .map(name => join(store, 'values', String(name)))
    .filter(path => fs.statSync(path).isFile())
const VALUE_DAMAGES: Readonly<Record<string, Damage>> = {
  'swap two names'(path) {
    const other = oneOf(valuesOf(join(path, '../../..')))
    fs.renameSync(path, `${path}.`)
    if (fs.existsSync(other)) fs.renameSync(other, path)
    fs.renameSync(`${path}.`, fs.existsSync(path) ? other : path)
    return other
  },
  'all of them'(path) {
    const folder = join(path, '../..')
    fs.rmSync(folder, { recursive: true })
    if (below(2) === 0) fs.writeFileSync(folder, 'no folder')
    return ''
  },
  'no folder of theirs'(path) {
    const folder = join(path, '..')
    fs.rmSync(folder, { recursive: true })
    fs.writeFileSync(folder, 'no folder')
    return ''
  },
}

/**
 * What the store is not yet a match for, and what is left out where SPEC_OPEN_DAMAGE is not set: damage to the structure
 * of LMDB's pages that its check does not see (1 case of 60 then ends the process, or keeps it from writing for ever),
 * and what is no file where a file should be.
 */
const OPEN: Readonly<Record<string, readonly string[]>> =
  process.env.SPEC_OPEN_DAMAGE !== undefined
    ? {}
    : {
        'data.mdb': [
          'swap pages',
          'double page',
          'zero page',
          'flip heads of pages',
          'flip',
          'flip many',
          'random',
          'random page',
        ],
        values: ['pipe', 'folder'],
        stamp: ['pipe', 'folder'],
      }

function damage(store: string): string {
  const file = oneOf([
    'data.mdb',
    'data.mdb',
    'data.mdb',
    'data.mdb',
    'values',
    'values',
    'data.mdb-lock',
    'stamp',
    'leases',
    'format-1',
    'lock',
    'new',
  ])
  if (file === 'new') {
    const folder = join(store, 'values/new')
    fs.mkdirSync(folder, { recursive: true })
    for (const name of ['x', '1.2.3.4.5', '99999999.1..1.1']) fs.writeFileSync(join(folder, name), 'left')
    return 'strange files in values/new'
  }
  const path = file === 'values' ? oneOf(valuesOf(store)) : join(store, file)
  if (!fs.existsSync(path)) fs.writeFileSync(path, Buffer.alloc(300, 1))
  const kinds: Readonly<Record<string, Damage>> = {
    ...FILE_DAMAGES,
    ...(file === 'data.mdb' ? PAGE_DAMAGES : file === 'values' ? VALUE_DAMAGES : {}),
  }
  // What is done to a file of pages is done to its pages, mostly.
  const names =
    file === 'data.mdb' && random() < 0.7 ? [...Object.keys(PAGE_DAMAGES), 'flip', 'cut'] : Object.keys(kinds)
  const kind = oneOf(names.filter(each => OPEN[file]?.includes(each) !== true))
  return `${kind} ${path.slice(store.length + 1)}: ${kinds[kind]!(path)}`
}

let warnings: string[] = []
process.on('warning', ({ name, message }) => {
  if (name === 'CacheWarning') warnings.push(message)
})

const lengthOf = (n: number) => (n % 5 === 0 ? 40_000 : n * 30)

/** All there is to be done with a store; how many values were missing. */
async function use(path: string, isSound: boolean): Promise<number> {
  let evaluations = 0
  const counted = <T>(value: T): T => {
    evaluations += 1
    return value
  }
  const text = decorate((n: number) => counted(`${n} ${'c'.repeat(lengthOf(n))}`), { name: 'text', path })
  const later = decorate(async (n: number) => counted(Buffer.alloc(lengthOf(n), n)), { name: 'later', path })
  let misses = 0
  for (let n = 0; n < 20; n += 1) {
    if (text(n) !== `${n} ${'c'.repeat(lengthOf(n))}`) complain(`text(${n}) is wrong`)
    if (!(await later(n)).equals(Buffer.alloc(lengthOf(n), n))) complain(`later(${n}) is wrong`)
  }
  misses += evaluations
  await withCache<unknown, string>(path, async dict => {
    for (const [key, value] of dict) if (!isRight(key, value)) complain(`${key} is wrong in the list`)
    for (let n = 0; n < 20; n += 1) {
      const value = dict.get(`set ${n}`)
      if (value === undefined) misses += 1
      else if (!isRight(`set ${n}`, value)) complain(`set ${n} is wrong`)
      const fact = await dict.evaluate(`fact ${n}`, () => {
        misses += 1
        return { fact: n }
      })
      if (fact.fact !== n) complain(`fact ${n} is wrong`)
    }
    for (let n = 0; n < 20; n += 1) dict.set(`set ${n}`, filled(n))
  })
  if (isSound && misses > 0) complain(`${misses} were missing afterwards`)
  await close()
  return misses
}

function filled(n: number): string {
  return `${n}:${'s'.repeat(lengthOf(n))}`
}

function isRight(key: string, value: unknown): boolean {
  const n = Number(key.split(' ')[1])
  return key.startsWith('fact ') ? (value as { fact: number }).fact === n : value === filled(n)
}

if (work === 'make') {
  await use(sound, false)
  process.exit(0)
}

for (let number = Number(first); number < Number(end); number += 1) {
  state = (Number(seed) + Math.imul(number, 0x9e3779b1)) >>> 0
  const store = join(work, `${number}.lmdb`)
  fs.cpSync(sound, store, { recursive: true })
  what = ''
  what = `${number} ${damage(store)}`
  // What may be somebody else's is left as it is: results arrive, and a dictionary says why it cannot be.
  const mayRefuse = / (lock|format-1): | (no folder of theirs|all of them) /.test(what)
  say(`case ${what}`)
  warnings = []
  try {
    const misses = await use(store, false)
    const again = await use(store, true)
    await new Promise(setImmediate)
    if (new Set(warnings).size < warnings.length) complain(`warned twice: ${warnings.join('\n')}`)
    if (again > 0) complain(`${again} were missing afterwards`)
    say(`is ${number} ${misses} ${warnings.length}`)
  } catch (error) {
    const code = error instanceof CacheError ? error.code : ''
    if (mayRefuse && code !== '') say(`refused ${number} ${code}`)
    else complain(`${code} ${(error as Error).stack ?? error}`)
    await close().catch(() => {})
  }
  if (warnings.length > MOST_WARNINGS) complain(`${warnings.length} warnings: ${warnings.join('\n')}`)
  fs.rmSync(store, { recursive: true, force: true })
  for (const name of fs.readdirSync(work))
    if (name.startsWith(`${number}.lmdb`)) fs.rmSync(join(work, name), { recursive: true, force: true })
}
