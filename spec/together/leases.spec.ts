import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { close, decorate, withCache } from 'cachedict'
import { type Program, readLog, runProgram } from '../support/program.ts'
import { newSeed, randomOf } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const STORES = ['x.cache', 'x.lmdb']
const PROCESSES = 8
const KILLS = 12

for (const store of STORES) {
  describe(`Processes that evaluate the same, on ${store}`, function () {
    this.timeout(60_000)
    const at = temporaryFolder()
    const start = (what: string, ...more: readonly string[]) =>
      runProgram('spec/together/programs/leases.ts', { args: [what, at(store), at('log'), ...more] })
    const log = () => readLog(at('log'))
    const many = <T>(body: () => T) => Array.from({ length: PROCESSES }, body)

    afterEach(() => close())

    for (const what of ['async', 'promise', 'sync', 'dict']) {
      it(`evaluate each of 200 keys once, ${PROCESSES} of them: ${what}`, async () => {
        const endings = await Promise.all(many(() => start(what).done()))
        assert.deepEqual(
          endings.map(({ stderr }) => stderr),
          many(() => ''),
        )
        const evaluated = log()
        assert.deepEqual([evaluated.length, new Set(evaluated).size], [200, 200])
      })
    }

    it('evaluate a key again for each killed holder, and not more often', async () => {
      const seed = newSeed()
      const random = randomOf(seed)
      const victims = new Set<number>()
      const running = many(() => start('storm'))
      for (let kill = 0; kill < KILLS; kill += 1) {
        await pause(20 + random() * 60)
        const index = Math.floor(random() * running.length)
        victims.add(running[index]!.process.pid!)
        assert.equal((await running[index]!.kill()).stderr, '', `seed ${seed}`)
        running[index] = start('storm')
      }
      for (const program of running) assert.equal((await program.done()).stderr, '', `seed ${seed}`)
      const byKey = new Map<string, number[]>()
      for (const line of log()) {
        const [pid, key = ''] = line.split(' ')
        byKey.set(key, [...(byKey.get(key) ?? []), Number(pid)])
      }
      assert.equal(byKey.size, 200)
      for (const [key, pids] of byKey) {
        const alive = pids.filter(pid => !victims.has(pid))
        assert.ok(
          alive.length <= 1,
          `key ${key}: ${pids.join()} with ${[...victims].join()} killed, seed ${seed}`,
        )
      }
    })

    for (const what of ['hold', 'holdSync']) {
      it(`wait for a live holder, say so, and take what it gives: ${what}`, async () => {
        const holder = start(what, 'first', 'go')
        await lines(holder, 'begun')
        await until(() => log().length === 1)
        const waiter = start(what, 'second')
        await lines(waiter, 'begun')
        const name = what === 'hold' ? 'held' : 'heldSync'
        await lines(waiter, `waiting ${name} ${holder.process.pid}`)
        appendFileSync(at('log'), 'go\n')
        await lines(waiter, 'first')
        await lines(holder, 'first')
        assert.equal(log().length, 2)
        await Promise.all([holder.done(), waiter.done()])
      })

      it(`go on within a second when the holder is killed: ${what}`, async () => {
        const holder = start(what, 'first', 'never')
        await lines(holder, 'begun')
        await until(() => log().length === 1)
        const waiter = start(what, 'second')
        await lines(waiter, 'begun')
        await waiter.line()
        const killedMs = performance.now()
        await holder.kill()
        await lines(waiter, 'second')
        const tookMs = performance.now() - killedMs
        assert.ok(tookMs < 1_000, `${tookMs} ms`)
        await waiter.done()
      })
    }

    it('evaluate in turn where the holder fails: its error is its own', async () => {
      const holder = start('hold', 'throw', 'go')
      await lines(holder, 'begun')
      await until(() => log().length === 1)
      const waiter = start('hold', 'second')
      await lines(waiter, 'begun')
      await waiter.line()
      appendFileSync(at('log'), 'go\n')
      await lines(waiter, 'second')
      await lines(holder, 'mine')
      await Promise.all([holder.done(), waiter.done()])
    })

    it('do not wait for ever for a stopped one, and it overwrites nothing when it wakes', async () => {
      const holder = start('hold', 'late', 'go')
      await lines(holder, 'begun')
      await until(() => log().length === 1)
      holder.process.kill('SIGSTOP')
      const waiter = start('hold', 'newer')
      await lines(waiter, 'begun')
      await waiter.line()
      await lines(waiter, 'newer')
      appendFileSync(at('log'), 'go\n')
      holder.process.kill('SIGCONT')
      await lines(holder, 'late')
      await Promise.all([holder.done(), waiter.done()])
      const held = decorate(async function held() {}, { path: at(store), code: 'off' })
      assert.equal(await held(), 'newer')
    })

    it('end the wait at a signal', async () => {
      const holder = start('holdKey')
      await lines(holder, 'holds')
      const waiter = start('abort')
      assert.match(await waiter.line(), /^waiting/)
      await lines(waiter, 'TimeoutError')
      await Promise.all([holder.kill(), waiter.done()])
    })

    it('never wait for each other in a circle', async () => {
      const both = [start('circle', 'a', 'b'), start('circle', 'b', 'a')]
      await Promise.all(both.map(program => program.done()))
      await withCache<string, string>(at(store), dict => {
        // Whoever went on alone may have kept the other's key first.
        assert.match(dict.get('a')!, /^a (alone|with b)/)
        assert.match(dict.get('b')!, /^b (alone|with a)/)
      })
    })
  })
}

/** Waits until the program says that. */
async function lines(program: Program, wanted: string): Promise<void> {
  for (let line = await program.line(); line !== wanted; line = await program.line())
    if (!/^(waiting|\d+$)/.test(line)) assert.equal(line, wanted)
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(2)
}
