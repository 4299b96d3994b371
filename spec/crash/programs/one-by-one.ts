// node one-by-one.js <cache file> <log file> <first number> <operation to die at> <before | half | byte>
// (an operation by its number, or as "unlinkSync .block 1": the first one of that kind on a file with such a name)
// The same acts each time, logged as storm.ts does. Prints how many operations on files there were.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, extname } from 'node:path'

const [file = '', logFile = '', first = '0', dieAt = '0', when = 'before'] = process.argv.slice(2)
const log = fs.openSync(logFile, 'a')
const { writeSync } = fs
const say = (line: string) => writeSync(log, `${line}\n`)

let operations = 0
let found = 0
const [wanted, part = '', nth] = dieAt.split(' ')
const names = 'open write fsync fdatasync ftruncate rename unlink symlink mkdir futimes'
  .split(' ')
  .map(name => `${name}Sync`)
const isLast = (name: string, args: readonly unknown[]) => {
  operations += 1
  if (name === wanted && String(args[0]).includes(part)) found += 1
  return operations === Number(dieAt) || (found === Number(nth) && name === wanted)
}
const die = () => process.kill(process.pid, 'SIGKILL')
const files = fs as unknown as Record<string, (...args: unknown[]) => unknown>
for (const name of names) {
  const original = files[name]!
  files[name] = (...args) => {
    if (!isLast(name, args)) return original(...args)
    try {
      const isWhole = name !== 'writeSync'
      if (when !== 'before' && isWhole) original(...args)
      if (when !== 'before' && !isWhole) {
        const [fd, bytes, offset, length, position] = args as [number, Uint8Array, number, number, number]
        const most = length ?? bytes.byteLength - (offset ?? 0)
        writeSync(fd, bytes, offset, when === 'byte' ? 1 : Math.floor(most / 2), position)
      }
    } finally {
      die()
    }
    return undefined
  }
}
// Large values are written off the thread.
const { open } = fs.promises
fs.promises.open = async (...args: Parameters<typeof open>) => {
  if (isLast('promises.open', args)) {
    if (when !== 'before') await open(...args)
    die()
  }
  const handle = await open(...args)
  const writeFile = handle.writeFile.bind(handle)
  const datasync = handle.datasync.bind(handle)
  handle.writeFile = async bytes => {
    if (isLast('writeFile', args)) {
      if (when !== 'before') await writeFile((bytes as Uint8Array).subarray(0, when === 'byte' ? 1 : 20_000))
      die()
    }
    return writeFile(bytes)
  }
  handle.datasync = async () => {
    if (isLast('datasync', args)) die()
    return datasync()
  }
  return handle
}
syncBuiltinESMExports()
// Only now: what it imports is what was replaced.
const { close, decorate, withCache } = await import('cachedict')

interface Value {
  readonly n: number
  readonly more: string
}
let n = Number(first)
const next = (length: number): Value => {
  n += 1
  return { n, more: 'x'.repeat(length) }
}

say('try begin')
await withCache<Value, string>(file, async dict => {
  say('did')
  const set = (key: string, value: Value) => {
    say(`try set ${key} ${value.n} ${value.more.length}`)
    dict.set(key, value)
    say('did')
  }
  const fact = async (value: Value, isAsync: boolean) => {
    say(`try fact f${value.n} ${value.n} ${value.more.length}`)
    if (isAsync) await dict.evaluate(`f${value.n}`, async () => value)
    else dict.evaluate(`f${value.n}`, () => value)
    say('did')
  }
  set('a', next(3))
  await fact(next(2_000), false)
  set('b', next(100))
  say('try delete a')
  dict.delete('a')
  say('did')
  await fact(next(10), true)
  set('c', next(5_000))
  set('large', next(40_000))
  await fact(next(50_000), true)
  set('large', next(45_000))
  say('try flush')
  await dict.flush()
  say('did')
  set('a', next(1))
  await fact(next(1), false)
  await fact(next(60_000), false)
  say('try delete large')
  dict.delete('large')
  say('did')
  say('try commit')
})
say('did')
// In a store of its own: what is dropped to make room is nobody's loss.
const bounded = { path: `${dirname(file)}/bounded${extname(file)}`, maxEntries: 4 }
const text = decorate((n: number) => `${n}`.repeat(n), { ...bounded, name: 'text' })
const later = decorate(async (n: number) => `${n}`.repeat(n), { ...bounded, name: 'later' })
for (const n of [5, 40_000, 7, 50_000, 8]) {
  text(n)
  await later(n)
}
await later.refresh(7)
await close()
console.log(operations)
