import assert from 'node:assert/strict'
import { withCache } from 'cachedict'
import { besides, runProgram } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PROGRAM = 'spec/crash/programs/endings.ts'

for (const name of ['x.cache', 'x.lmdb']) {
  describe(`What a block did on ${name} is kept, however it ends:`, function () {
    this.timeout(60_000)
    const at = temporaryFolder()

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
      it(`by ${signal} in the middle of a synchronous computation, at once`, async () => {
        const program = runProgram(PROGRAM, { args: [at(name), 'busy'] })
        await program.line()
        const startedMs = performance.now()
        program.process.kill(signal)
        const ending = await program.ended
        const tookMs = performance.now() - startedMs
        assert.equal(ending.signal, signal)
        assert.ok(tookMs < 200, `it took ${tookMs} ms`)
        await checkKept()
      })
    }

    it('by process.exit()', async () => {
      const ending = await runProgram(PROGRAM, { args: [at(name), 'process.exit'] }).ended
      assert.equal(ending.code, 3)
      await checkKept()
    })

    for (const how of ['throw', 'crash']) {
      it(`by ${how === 'throw' ? 'its own error' : 'a rejection that nobody handles'}`, async () => {
        const ending = await runProgram(PROGRAM, { args: [at(name), how] }).ended
        assert.equal(ending.code, 1)
        assert.match(ending.stderr, /on purpose/)
        await checkKept()
      })
    }

    it('and nobody listens to signals for that', async () => {
      await withCache(at(name), dict => {
        dict.set('a', 1)
        for (const signal of ['SIGINT', 'SIGTERM', 'exit', 'beforeExit', 'uncaughtException']) {
          const own = process
            .listeners(signal as 'SIGINT')
            .filter(listener => /cachedict/.test(String(listener)))
          assert.deepEqual(own, [])
        }
      })
    })

    async function checkKept(): Promise<void> {
      const kept = await withCache<unknown, string, unknown>(at(name), dict => [...dict])
      assert.deepEqual(kept, [
        ['fact', 'computed'],
        ['b', [1, 2]],
        ['c', { n: 2 }],
      ])
      assert.deepEqual(besides(at(name)), [])
    }
  })
}
