// node storm.js <cache file> <log file> <seed> <keep|discard>
// Does random things to a dictionary for ever, and logs each one before ("try …") and after it ("did").
import { openSync, writeSync } from 'node:fs'
import { withCache } from 'cachedict'

const [file = '', logFile = '', seed = '0', onError = 'keep'] = process.argv.slice(2)
const log = openSync(logFile, 'a')
const say = (line: string) => writeSync(log, `${line}\n`)

let state = Number(seed)
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
/** Mostly small, sometimes of some pages, or so large that LMDB has a file of its own for it. */
const filling = (n: number) => 'x'.repeat(random(20) === 0 ? (n % 2 === 0 ? 20_000 : 40_000) : n % 50)

console.log('running')
for (let n = Number(seed) * 10_000; ; ) {
  say('try begin')
  await withCache<{ n: number; more: string }, string>(
    file,
    'rew',
    async dict => {
      say('did')
      for (let left = 1 + random(25); left > 0; left -= 1) {
        n += 1
        const key = `s${random(8)}`
        const value = { n, more: filling(n) }
        const act = random(16)
        if (act < 6) {
          say(`try set ${key} ${n} ${value.more.length}`)
          dict.set(key, value)
        } else if (act < 9) {
          say(`try set ${key} ${n} 3`)
          dict.update(key, draft => {
            if (draft === undefined) return { n, more: 'xxx' }
            draft.n = n
            draft.more = 'xxx'
            return draft
          })
        } else if (act < 11) {
          say(`try delete ${key}`)
          dict.delete(key)
        } else if (act < 15) {
          say(`try fact f${n} ${n} ${value.more.length}`)
          if (act === 11) dict.evaluate(`f${n}`, () => value)
          else await dict.evaluate(`f${n}`, async () => value)
        } else {
          say('try flush')
          await dict.flush()
        }
        say('did')
      }
      say('try commit')
    },
    { onError: onError as 'keep' },
  )
  say('did')
}
