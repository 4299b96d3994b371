import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { writeFiles } from '../support/fingerprint-child.ts'
import { otherNodes, THIS_NODE } from '../support/other-nodes.ts'
import { plainEnvironment } from '../support/program.ts'

const COUNT = 200
/** A few may be held by a frame that is not gone yet. */
const MAY_REMAIN = 5

/** Says how many of the things that it let go of are still there: closures, what they captured, what it printed. */
const MEMORY = `
import { setImmediate as turn } from 'node:timers/promises'
import { fingerprint } from 'cachedict'

const held = { closures: [], captured: [], printed: [] }
for (let i = 0; i < ${COUNT}; i++) take(i)
for (let i = 0; i < ${COUNT}; i++) print(i)

for (let i = 0; i < 5; i++) {
  await turn()
  gc()
}
const remaining = Object.entries(held).map(([kind, all]) => [kind, all.filter(ref => ref.deref() !== undefined).length])
console.log('\\nRESULT ' + JSON.stringify(Object.fromEntries(remaining)))

function take(i) {
  const data = { list: [i] }
  const closure = () => data.list[0]
  fingerprint(closure)
  held.closures.push(new WeakRef(closure))
  held.captured.push(new WeakRef(data))
}

function print(i) {
  const line = { i }
  console.log(line)
  held.printed.push(new WeakRef(line))
}
`

/**
 * Says how long things take before and after fingerprints, in ms: the least of several rounds each, because of what else
 * the machine does; more rounds afterwards, as long as they are slow.
 */
const SPEED = `
import { fingerprint } from 'cachedict'

let texts = 0
const before = await least(5, () => false)
const table = { f: a => a + 1 }
for (let i = 0; i < 50; i++) fingerprint(a => table.f(a) + i)
const after = await least(50, times => times.awaits < before.awaits * 1.5 && times.functions < before.functions * 1.5)
console.log('\\nRESULT ' + JSON.stringify({ before, after }))

async function least(rounds, isEnough) {
  const times = { awaits: Infinity, functions: Infinity }
  for (let round = 0; round < rounds && !isEnough(times); round++) {
    times.awaits = Math.min(times.awaits, await timeOf(async () => { for (let i = 0; i < 100_000; i++) await i }))
    times.functions = Math.min(times.functions, await timeOf(async () => { for (let i = 0; i < 500; i++) new Function('return ' + texts++) }))
  }
  return times
}

async function timeOf(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}
`

interface Times {
  readonly awaits: number
  readonly functions: number
}

for (const { path, version } of [THIS_NODE, ...otherNodes()]) {
  describe(`A process that took fingerprints, on Node ${version.join('.')},`, function () {
    this.timeout(60_000)

    it('lets go of closures, of what they captured, and of what it printed', async () => {
      const remaining = (await say(MEMORY, '--expose-gc')) as Readonly<Record<string, number>>
      assert.deepEqual(Object.keys(remaining), ['closures', 'captured', 'printed'])
      for (const [kind, count] of Object.entries(remaining))
        assert.ok(count <= MAY_REMAIN, `${count} ${kind}`)
    })

    // A debugger that is left on makes the first 7 times slower, and the second 20 times.
    it('awaits and makes functions as fast as before', async () => {
      const { before, after } = (await say(SPEED)) as { readonly before: Times; readonly after: Times }
      assert.ok(after.awaits < before.awaits * 2, `${before.awaits} ms before, ${after.awaits} ms after`)
      assert.ok(
        after.functions < before.functions * 3,
        `${before.functions} ms before, ${after.functions} ms after`,
      )
    })
  })

  async function say(source: string, ...nodeArgs: readonly string[]): Promise<unknown> {
    const script = writeFiles('no-trace', { 'script.mjs': source }, 'script.mjs')
    const { stdout } = await promisify(execFile)(path, [...nodeArgs, script], { env: plainEnvironment() })
    return JSON.parse(stdout.slice(stdout.indexOf('RESULT ') + 'RESULT '.length))
  }
}
