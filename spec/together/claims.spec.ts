import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { buildSync } from 'esbuild'
import { Claims } from '../../lib/files/claims.ts'
import { plainEnvironment } from '../support/program.ts'
import { ROOT } from '../support/repository.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const WORKERS = 8
const KEYS = Array.from({ length: 20 }, (_, n) => `key ${n}`)
const KILLS = 25
const FIGHT_MS = 2000

/** Takes keys, three at once now and then, and looks whether it is alone with each, until it is told to end. */
const FIGHTER = `
import { readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { Claims } from './lib/files/claims.ts'
import { isAlive, newOwner } from './lib/files/owner.ts'

const [folder, threads] = workerData ?? process.argv.slice(2)
const keys = ${JSON.stringify(KEYS)}
const claims = new Claims(folder + '/leases')
const me = newOwner()
let taken = 0
let ended = false
if (isMainThread) {
  for (let n = 1; n < Number(threads); n += 1) new Worker(process.argv[1], { workerData: [folder, 1] })
  process.stdin.on('end', () => { ended = true }).resume()
  console.log('running')
}

function enter(key) {
  for (;;) {
    try {
      return symlinkSync(me, folder + '/in ' + key)
    } catch {}
    let other
    try { other = readlinkSync(folder + '/in ' + key) } catch {}
    // What a killed one left is in nobody's way; who was there a moment ago was there.
    if (other === undefined || isAlive(other)) return writeFileSync(folder + '/overlap', key + ': ' + me + ' ' + other)
    unlinkSync(folder + '/in ' + key)
  }
}

function leave(key) {
  try { unlinkSync(folder + '/in ' + key) } catch { writeFileSync(folder + '/overlap', key + ': ' + me) }
}

while (!ended) {
  for (let n = 0; n < 50; n += 1) {
    const wanted = Array.from({ length: n % 5 === 0 ? 3 : 1 }, () => keys[Math.floor(Math.random() * keys.length)])
    const answers = claims.takeAll(wanted)
    const got = wanted.filter((_, index) => answers[index] === undefined)
    got.forEach(enter)
    got.forEach(leave)
    claims.releaseAll(got)
    taken += got.length
  }
  await new Promise(setImmediate)
}
console.log(taken)
process.exit()
`

/** Waits for a key while it holds another one, at the moment that it is told, and tells whether that would never end. */
const WAITER = `
import { createInterface } from 'node:readline'
import { Claims } from './lib/files/claims.ts'

const [folder, held, awaited] = process.argv.slice(2)
const claims = new Claims(folder + '/leases')
claims.take(held)
console.log('running')
let takeBack = () => {}
for await (const line of createInterface({ input: process.stdin })) {
  takeBack()
  if (line === 'back') {
    console.log('back')
    continue
  }
  while (Date.now() < Number(line));
  takeBack = claims.noteWaiting(held, awaited)
  console.log(claims.wouldDeadlock([held], awaited))
}
`

describe('Claims of many processes', function () {
  this.timeout(0)
  let running: { readonly child: ChildProcess; readonly closed: Promise<unknown> }[]

  beforeEach(() => {
    running = []
  })
  // In front of the folder's own: who still runs writes in it.
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL')
    await Promise.all(running.map(({ closed }) => closed))
  })
  const at = temporaryFolder()

  const start = async (source: string, ...args: readonly string[]) => {
    const file = at(source === FIGHTER ? 'fighter.mjs' : 'waiter.mjs')
    if (!existsSync(file)) compile(source, file)
    const child = spawn(process.execPath, [file, at(), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: plainEnvironment(),
    })
    const closed = once(child, 'close')
    running.push({ child, closed })
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
    const program = {
      say: (text: string) => child.stdin!.write(`${text}\n`),
      line: async () => (await lines.next()).value as string,
      async end() {
        child.stdin!.end()
        const taken = Number(await program.line())
        await closed
        return taken
      },
      async kill() {
        child.kill('SIGKILL')
        await closed
      },
    }
    assert.equal(await program.line(), 'running')
    return program
  }
  const startAll = (threads = 1) =>
    Promise.all(Array.from({ length: WORKERS / threads }, () => start(FIGHTER, `${threads}`)))
  const noOverlap = (note = '') =>
    assert.equal(existsSync(at('overlap')) && readFileSync(at('overlap'), 'utf8'), false, note)

  for (const threads of [1, 4]) {
    it(`never hold one key twice: ${WORKERS / threads} processes of ${threads} threads fight for ${KEYS.length} keys`, async () => {
      const fighters = await startAll(threads)
      await pause(FIGHT_MS)
      const taken = await Promise.all(fighters.map(fighter => fighter.end()))
      noOverlap()
      for (const count of taken) assert.ok(count > 100, `taken: ${taken}`)
      if (threads === 1) assert.equal(existsSync(at('leases')), false)
    })
  }

  it('are in nobody’s way when they are killed: each key is free within a second, and the file does not grow', async () => {
    const seed = newSeed()
    const random = randomOf(seed)
    const fighters = (await startAll()).map(fighter => Promise.resolve(fighter))
    const mine = new Claims(at('leases'))
    let longestMs = 0
    for (const _ of rounds(KILLS)) {
      await pause(random() * 30)
      await (await fighters.shift()!).kill()
      const killedMs = performance.now()
      const left = new Set(KEYS)
      while (left.size > 0) {
        for (const key of left) if (mine.take(key) === undefined) left.delete(key)
        await pause(random())
      }
      mine.releaseAll(KEYS)
      longestMs = Math.max(longestMs, performance.now() - killedMs)
      noOverlap(`seed ${seed}`)
      fighters.push(start(FIGHTER, '1'))
    }
    assert.ok(longestMs < 1000, `a key was free after ${longestMs} ms, seed ${seed}`)
    assert.ok(statSync(at('leases')).size <= (WORKERS + 1) * 2048)
    await Promise.all(fighters.map(async fighter => (await fighter).end()))
    mine.close()
    assert.deepEqual(
      readdirSync(at()).filter(name => name.startsWith('leases')),
      [],
    )
  })

  it('see a circle at least once when two begin to wait for each other at the same moment', async () => {
    const waiters = await Promise.all([start(WAITER, 'a', 'b'), start(WAITER, 'b', 'a')])
    const seen = { one: 0, both: 0 }
    for (let round = 0; round < 300; round += 1) {
      const whenMs = Date.now() + 2
      for (const waiter of waiters) waiter.say(`${whenMs}`)
      const answers = await Promise.all(waiters.map(waiter => waiter.line()))
      assert.ok(answers.includes('true'), `round ${round}`)
      seen[answers.includes('false') ? 'one' : 'both'] += 1
      for (const waiter of waiters) waiter.say('back')
      await Promise.all(waiters.map(waiter => waiter.line()))
    }
    assert.equal(seen.one + seen.both, 300)
  })
})

function compile(source: string, outfile: string): void {
  buildSync({
    stdin: { contents: source, resolveDir: ROOT, loader: 'js' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
}
