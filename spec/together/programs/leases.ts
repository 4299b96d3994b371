// node leases.js <what> <store> <log> [more…]: says in the log what it evaluates, one line each.
import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { close, decorate, events, withCache } from 'cachedict'

const [what = '', path = '', logFile = '', ...more] = process.argv.slice(2)
/** Each process may have another log: evaluated functions look it up, and do not capture it. */
const say = (line: unknown) => appendFileSync(process.argv[4]!, `${line}\n`)
const COUNT = 200
const keys = Array.from({ length: COUNT }, (_, n) => n).sort(() => Math.random() - 0.5)
const check = (n: number, value: number) => {
  if (value !== n * 2) console.error(`${n}: ${value}`)
}
const spin = (ms: number) => {
  for (const endMs = performance.now() + ms; performance.now() < endMs; );
}
async function twice(n: number) {
  say(n)
  await pause(n % 10)
  return n * 2
}
const said = (text: string) => readFileSync(logFile, 'utf8').split('\n').includes(text)
const untilSaid = async (text: string) => {
  while (!said(text)) await pause(2)
}

events.on('waiting', ({ name, holder }) => console.log(`waiting ${name} ${Number.parseInt(holder, 10)}`))

const ACTS: Readonly<Record<string, () => Promise<unknown>>> = {
  async async() {
    const f = decorate(twice, { path })
    await Promise.all(keys.map(async n => check(n, await f(n))))
  },
  async promise() {
    const f = decorate((n: number) => twice(n), { path, name: 'promise' })
    // By then it is known that it gives promises.
    await f(keys[0]!)
    await Promise.all(keys.map(async n => check(n, await f(n))))
  },
  async sync() {
    const f = decorate(
      (n: number) => {
        say(n)
        spin(n % 5)
        return n * 2
      },
      { path, name: 'sync' },
    )
    for (const n of keys) check(n, f(n))
  },
  async dict() {
    await withCache<number, number>(path, async dict => {
      for (const n of keys) check(n, await dict.evaluate(n, async () => twice(n)))
    })
  },
  /** For ever the same keys, with long evaluations. */
  async storm() {
    const f = decorate(
      async function slow(n: number) {
        say(`${process.pid} ${n}`)
        await pause(20)
        return n * 2
      },
      { path },
    )
    await Promise.all(keys.map(async n => check(n, await f(n))))
  },
  /** Evaluates one key for as long as the log says so, and gives the first of `more`. */
  async hold() {
    const f = decorate(
      async function held() {
        say(`${process.pid}`)
        if (more[1] !== undefined) await untilSaid(more[1])
        if (more[0] === 'throw') throw new Error('mine')
        return more[0]
      },
      // What it is told is of this process alone.
      { path, code: 'own' },
    )
    console.log('begun')
    const startedMs = performance.now()
    console.log(await f().catch((error: Error) => error.message))
    console.log(Math.round(performance.now() - startedMs))
  },
  async holdSync() {
    const f = decorate(
      function heldSync() {
        say(`${process.pid}`)
        if (more[1] !== undefined) while (!said(more[1])) spin(2)
        return more[0]
      },
      // What it is told is of this process alone.
      { path, code: 'own' },
    )
    console.log('begun')
    const startedMs = performance.now()
    console.log(f())
    console.log(Math.round(performance.now() - startedMs))
  },
  async abort() {
    await withCache<string, string>(path, async dict => {
      const signal = AbortSignal.timeout(200)
      const f = async () => 'own'
      console.log(await dict.evaluate('held', f, { signal, code: 'off' }).catch((error: Error) => error.name))
    })
  },
  async holdKey() {
    await withCache<string, string>(path, async dict => {
      const f = async () => {
        console.log('holds')
        return new Promise<string>(() => setInterval(() => {}, 1000))
      }
      await dict.evaluate('held', f, { code: 'off' })
    })
  },
  /** Two of these wait for each other. */
  async circle() {
    const [own = '', other = ''] = more
    await withCache<string, string>(path, async dict => {
      const outer = async () => {
        say(own)
        await untilSaid(other)
        return `${own} with ${await dict.evaluate(other, async () => `${other} alone`, { code: 'off' })}`
      }
      console.log(await dict.evaluate(own, outer, { code: 'off' }))
    })
  },
}
await ACTS[what]!()
await close()
console.log('done')
