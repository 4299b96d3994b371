import assert from 'node:assert/strict'
import * as childProcess from 'node:child_process'
import * as crypto from 'node:crypto'
import * as dns from 'node:dns/promises'
import fsDefault, * as fs from 'node:fs'
import { readFile } from 'node:fs/promises'
import * as http from 'node:http'
import * as os from 'node:os'
import { performance } from 'node:perf_hooks'
import { type Effect, effectOf } from '../../lib/fingerprint/effects.ts'
import { knownNameOf } from '../../lib/fingerprint/known-names.ts'

type Use = 'value' | 'call' | 'new' | 'typeof' | 'write'

/** What is written, what it is by name, how it is used, and what follows. */
const CASES: readonly (readonly [name: string, use: Use, count: number, effect: Effect | undefined])[] = [
  ['Date.now', 'call', 0, 'clock'],
  ['Date.now', 'value', 0, 'clock'],
  ['Date', 'new', 0, 'clock'],
  ['Date', 'new', 1, undefined],
  ['Date', 'new', 3, undefined],
  ['Date', 'call', 0, 'clock'],
  ['Date', 'call', 2, 'clock'],
  ['Date', 'value', 0, undefined],
  ['Date.UTC', 'call', 3, undefined],
  ['Date.parse', 'call', 1, undefined],
  ['performance.now', 'call', 0, 'clock'],
  ['performance.timeOrigin', 'value', 0, 'clock'],
  ['process.hrtime', 'call', 0, 'clock'],
  ['process.hrtime.bigint', 'call', 0, 'clock'],
  ['process.uptime', 'call', 0, 'clock'],
  ['Temporal.Now.instant', 'call', 0, 'clock'],
  ['Math.random', 'call', 0, 'random'],
  ['Math.random.bind', 'call', 1, 'random'],
  ['Math.max', 'call', 2, undefined],
  ['crypto.randomUUID', 'call', 0, 'random'],
  ['crypto.randomBytes', 'call', 1, 'random'],
  ['crypto.getRandomValues', 'call', 1, 'random'],
  ['globalThis.crypto.getRandomValues', 'call', 1, 'random'],
  ['crypto.createHash', 'call', 1, undefined],
  ['crypto.timingSafeEqual', 'call', 2, undefined],
  ['process.env', 'value', 0, 'env'],
  ['process.env.HOME', 'value', 0, 'env'],
  ['process.env.HOME', 'write', 0, 'env'],
  ['process.argv', 'value', 0, 'env'],
  ['process.cwd', 'call', 0, 'env'],
  ['process.platform', 'value', 0, 'env'],
  ['os.cpus', 'call', 0, 'env'],
  ['os.EOL', 'value', 0, undefined],
  ['fs.readFileSync', 'call', 1, 'files'],
  ['fs.promises.readFile', 'call', 1, 'files'],
  ['fs/promises.readFile', 'call', 1, 'files'],
  ['fs.constants.O_RDONLY', 'value', 0, undefined],
  ['path.join', 'call', 2, undefined],
  ['child_process.execSync', 'call', 1, 'process'],
  ['process.exit', 'call', 0, 'process'],
  ['process.nextTick', 'call', 1, undefined],
  ['fetch', 'call', 1, 'network'],
  ['fetch', 'typeof', 0, undefined],
  ['fetch', 'value', 0, 'network'],
  ['WebSocket', 'new', 1, 'network'],
  ['http.get', 'call', 1, 'network'],
  ['https.request', 'call', 1, 'network'],
  ['net.connect', 'call', 1, 'network'],
  ['net.isIP', 'call', 1, undefined],
  ['http.STATUS_CODES', 'value', 0, undefined],
  ['console.log', 'call', 1, 'console'],
  ['console', 'value', 0, 'console'],
  ['process.stdout.write', 'call', 1, 'console'],
  ['setTimeout', 'call', 2, 'timers'],
  ['timers/promises.setTimeout', 'call', 1, 'timers'],
  ['clearTimeout', 'call', 1, undefined],
  ['structuredClone', 'call', 1, undefined],
  ['queueMicrotask', 'call', 1, undefined],
  ['URL', 'new', 1, undefined],
  ['Buffer.from', 'call', 1, undefined],
  ['util.inspect', 'call', 1, undefined],
  ['', 'value', 0, undefined],
]

describe('effectOf', () => {
  for (const [name, use, count, effect] of CASES) {
    it(`says ${effect ?? 'nothing'} of ${name || 'no name'} as ${use} with ${count}`, () => {
      assert.equal(effectOf(name, use, count), effect)
    })
  }

  it('knows things by the names that they are given', () => {
    const things: readonly (readonly [object, Effect])[] = [
      [Math.random, 'random'],
      [crypto.randomUUID, 'random'],
      [globalThis.crypto.getRandomValues, 'random'],
      [crypto.webcrypto.randomUUID, 'random'],
      [performance.now, 'clock'],
      [performance, 'clock'],
      [Date.now, 'clock'],
      [readFile, 'files'],
      [fs.promises, 'files'],
      [fsDefault, 'files'],
      [fs.createReadStream, 'files'],
      [childProcess.spawn, 'process'],
      [dns.lookup, 'network'],
      [http.request, 'network'],
      [os.hostname, 'env'],
      [process.env, 'env'],
      [console.warn, 'console'],
      [setInterval, 'timers'],
    ]
    for (const [thing, effect] of things) {
      const name = knownNameOf(thing) ?? ''
      assert.equal(effectOf(name, 'value', 0), effect, name)
    }
  })
})
