// node one-by-one.js <cache file> <log file> <first number> <operation to die at> <before | half>
// (an operation by its number, or as "unlinkSync .block 1": the first one of that kind on a file with such a name)
// The same acts each time, logged as storm.ts does. Prints how many operations on files there were.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [file = '', logFile = '', first = '0', dieAt = '0', when = 'before'] = process.argv.slice(2)
const log = fs.openSync(logFile, 'a')
const { writeSync } = fs
const say = (line: string) => writeSync(log, `${line}\n`)

let operations = 0
let found = 0
const [wanted, part = '', nth] = dieAt.split(' ')
const names = 'open write fsync fdatasync ftruncate rename unlink symlink'
  .split(' ')
  .map(name => `${name}Sync`)
const files = fs as unknown as Record<string, (...args: unknown[]) => unknown>
for (const name of names) {
  const original = files[name]!
  files[name] = (...args) => {
    operations += 1
    if (name === wanted && String(args[0]).includes(part)) found += 1
    if (operations !== Number(dieAt) && (found !== Number(nth) || name !== wanted)) return original(...args)
    try {
      if (when === 'half' && name !== 'writeSync') original(...args)
      if (when === 'half' && name === 'writeSync') {
        const [fd, bytes, offset, length, position] = args as [number, Uint8Array, number, number, number]
        writeSync(fd, bytes, offset, Math.floor(length / 2), position)
      }
    } finally {
      process.kill(process.pid, 'SIGKILL')
    }
    return undefined
  }
}
syncBuiltinESMExports()
// Only now: what it imports is what was replaced.
const { close, withCache } = await import('cachedict')

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
  say('try flush')
  await dict.flush()
  say('did')
  set('a', next(1))
  await fact(next(1), false)
  say('try commit')
})
say('did')
await close()
console.log(operations)
