// node full-disk.js <store> <ballast file>: uses a store on a disk that is full, and goes on when there is room again.
// Says how far it is; the number of causes for which it was warned comes last.
import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { close, decorate, events, withCache } from 'cachedict'

const [path = '', ballast = ''] = process.argv.slice(2)
const LARGE = 100_000
const fill = () => {
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
    try {
      writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' })
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
    }
  }
}
let degraded = 0
let refusals = 0
events.on('degraded', ({ message }) => {
  degraded += 1
  if (/are left on the disk, and .* are needed/.test(message)) refusals += 1
})
const warnings: Error[] = []
process.on('warning', warning => warnings.push(warning))
const long = decorate((n: number) => 'y'.repeat(n), { name: 'long', path })
const later = decorate(async (n: number) => 'z'.repeat(n), { name: 'later', path })

if (process.argv[4] === 'new') {
  fill()
  console.log('full')
  assert.equal(long(100).length, 100)
  await assert.rejects(
    withCache(path, dict => dict.set('a', 'x'.repeat(LARGE))),
    { code: 'ERR_CACHE_WRITE' },
  )
  rmSync(ballast)
  console.log('has room')
} else {
  await withCache(path, dict => {
    dict.set('old', 'x'.repeat(LARGE))
    dict.set('small', 'x'.repeat(100))
  })
  assert.equal(long(100).length, 100)
  assert.equal((await later(LARGE)).length, LARGE)
  // Another opening, when it is full already: as of another process.
  if (process.argv[4] === 'again') await close()
  fill()
  console.log('full')
  for (const n of [5_000, LARGE + 1]) {
    assert.equal(long(n).length, n)
    assert.equal((await later(n)).length, n)
  }
  await withCache(path, dict => assert.equal(dict.evaluate('fact', () => 'z'.repeat(9_000)).length, 9_000))
  await assert.rejects(
    withCache(path, dict => {
      dict.set('new', 'x'.repeat(9_000))
      dict.set('old', 'changed')
    }),
    { code: 'ERR_CACHE_WRITE' },
  )
  await withCache(path, 'r', dict => {
    assert.equal(dict.get('old'), 'x'.repeat(LARGE))
    assert.equal(dict.get('small'), 'x'.repeat(100))
  })
  assert.equal(long.with({ access: 'r' })(100).length, 100)
  rmSync(ballast)
  console.log('has room')
  await withCache(path, 'r', dict => assert.equal(dict.get('small'), 'x'.repeat(100)))
}
assert.equal(long(7_000).length, 7_000)
await withCache(path, dict => dict.set('after', 1))
await withCache(path, 'r', dict => assert.equal(dict.get('after'), 1))
await close()
assert.equal(long.with({ access: 'r' })(7_000).length, 7_000)
await close()
await new Promise(setImmediate)
// Refused before LMDB meets the end of the disk, where its own writes corrupt memory.
if (process.argv[4] !== 'again') assert.ok(refusals > 0)
assert.ok(degraded > 0 && warnings.every(({ name }) => name === 'CacheWarning'))
assert.equal(new Set(warnings.map(({ message }) => message)).size, warnings.length)
console.log(`${warnings.length} warnings`)
