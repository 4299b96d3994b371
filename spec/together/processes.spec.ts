import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { close, decorate, withCache } from 'cachedict'
import { besides, type Program, readLog, runProgram } from '../support/program.ts'
import { newSeed, randomOf, rounds } from '../support/soak.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const WORKERS = ['0', '1', '2', '3']
const KILLS = 25

for (const name of ['x.cache', 'x.lmdb']) {
  describe(`Processes that use one ${name}`, function () {
    this.timeout(0)
    const at = temporaryFolder()
    const start = (what: string, worker = '0') =>
      runProgram('spec/together/programs/worker.ts', { args: [what, at(name), worker] })

    afterEach(() => close())

    for (const what of ['keys', 'facts']) {
      it(`lose none of each other's ${what}: 4 times 250 are 1,000`, async () => {
        await Promise.all(WORKERS.map(worker => start(what, worker).done()))
        await withCache<{ worker: string }, string>(at(name), dict => {
          assert.equal(dict.size, 1000)
          for (const [key, value] of dict) assert.equal(value.worker, key.split('/')[0])
        })
        assert.deepEqual(besides(at(name)), [])
      })
    }

    it('count to 400 with 100 exclusive updates each', async () => {
      await Promise.all(WORKERS.map(worker => start('count', worker).done()))
      assert.equal(await withCache(at(name), dict => dict.get('n')), 400)
      assert.deepEqual(besides(at(name)), [])
    })

    it('show each other whole states only', async () => {
      const writers = await Promise.all(['0', '1'].map(worker => upAndRunning(start('pairs', worker))))
      const seen = new Set<unknown>()
      for (const endMs = Date.now() + 1000; Date.now() < endMs || seen.size < 5; await null) {
        const [left, right] = await withCache(at(name), 'r', dict => [dict.get('left'), dict.get('right')])
        assert.equal(left, right)
        seen.add(left)
      }
      await Promise.all(writers.map(writer => writer.kill()))
    })

    it('may be killed while they mix decorated calls and blocks: nothing is wrong, nothing is lost, nothing stays', async () => {
      const seed = newSeed()
      const random = randomOf(seed)
      const running = await Promise.all(WORKERS.map(worker => upAndRunning(start('mixed', worker))))
      for (const _ of rounds(KILLS)) {
        await pause(random() * 60)
        const victim = Math.floor(random() * running.length)
        const { stderr } = await running[victim]!.kill()
        assert.equal(stderr, '', `seed ${seed}`)
        running[victim] = await upAndRunning(start('mixed', String(victim)))
      }
      for (const program of running) assert.equal((await program.kill()).stderr, '', `seed ${seed}`)
      assert.equal(existsSync(at(`${name}.wrong`)), false, `seed ${seed}`)
      await withCache<{ n: number }, string>(at(name), dict => {
        for (const worker of WORKERS) {
          // Each run counts from 0: the last block that ended, or the one after it, which may have been killed.
          const last = Number(readLog(at(`${name}.${worker}.log`)).at(-1))
          const kept = dict.get(worker)?.n ?? -1
          assert.ok(
            kept === last || kept === last + 1 || kept === 0,
            `worker ${worker}: ${kept} after ${last}, seed ${seed}`,
          )
        }
        for (const [key, { n }] of dict) if (key.startsWith('fact ')) assert.equal(key, `fact ${n}`)
        dict.set('last', { n: 0 })
      })
      assert.deepEqual(
        besides(at(name)).filter(name => !name.endsWith('.log')),
        [],
      )
    })

    it('get a promise where another one kept a promise, and a value where it kept a value', async () => {
      await start('promise').done()
      const never = () => assert.fail('it was kept')
      await withCache(at(name), async dict => {
        const promise: unknown = dict.evaluate('promise', never, { code: 'off', refresh: false })
        assert.ok(promise instanceof Promise)
        assert.deepEqual(await promise, { came: 'as a promise' })
        assert.deepEqual(dict.evaluate('value', never, { code: 'off' }), { came: 'at once' })
      })
      const next = decorate((n: number) => Promise.resolve(n + 1), {
        name: 'next',
        path: at(name),
        code: 'off',
      })
      assert.ok(next(1) instanceof Promise)
      assert.equal(await next(1), 2)
    })

    it('take over from a killed holder of exclusive access within a second, with what it did', async () => {
      const holder = start('hold', 'first')
      await holder.line()
      await holder.line()
      let isIn = false
      const waiting = withCache(
        at(name),
        'rew',
        dict => {
          isIn = true
          return dict.get('held by')
        },
        { exclusive: true },
      )
      await withCache(at(name), dict => dict.set('meanwhile', 1))
      assert.equal(isIn, false)
      await holder.kill()
      const startedMs = performance.now()
      assert.equal(await waiting, 'first')
      const tookMs = performance.now() - startedMs
      assert.ok(tookMs < 1000, `it took ${tookMs} ms`)
    })
  })
}

async function upAndRunning(program: Program): Promise<Program> {
  await program.line()
  return program
}
