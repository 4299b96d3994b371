import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { logMiss } from '../../../lib/cache/why/log-miss.ts'
import { plainEnvironment } from '../../support/program.ts'
import { ROOT } from '../../support/repository.ts'

const CALLS = `
import { decorate, withCache } from './lib/index.ts'
const f = decorate(function f(n) { return n }, { path: new Map() })
f(1); f(1); f(2); f(new WeakSet())
await withCache(new Map(), dict => { dict.evaluate('rows', () => 1) })
`

const PROGRAM = `
import { logMiss } from './lib/cache/why/log-miss.ts'
const story = text => ({ hit: false, details: { call: '', place: '' }, text })
logMiss(() => story('area(1) misses, 100 %s.\\nAnd why.'))
logMiss(async () => story('later'))
logMiss(() => { throw new Error('no store') })
logMiss(async () => { throw new Error('no store either') })
`

describe('logMiss', () => {
  it('explains nothing where nobody reads it', () => {
    logMiss(() => assert.fail('it was asked for'))
  })

  it('writes the first line under NODE_DEBUG=cachedict, and fails on nothing', async () => {
    assert.deepEqual(await linesOf(PROGRAM), [
      'area(1) misses, 100 %s.',
      'a miss that could not be explained: Error: no store',
      'later',
      'a miss that could not be explained: Error: no store either',
    ])
  })

  it('is told of every miss, and of no hit', async () => {
    const lines = await linesOf(CALLS)
    assert.deepEqual(
      lines.filter(line => / misses in memory/.test(line)).map(line => line.slice(0, line.indexOf('. '))),
      [
        'f(1) misses in memory: nothing is kept for this call.',
        'f(2) misses in memory: nothing is kept for this call',
        'f(WeakSet { <items unknown> }) misses in memory: an argument, or something that the function uses, has no stable identity',
        "the key 'rows' misses in memory: nothing is kept for this call.",
      ].map(line => line.replace(/\.$/, '')),
    )
    assert.match(lines.join('\n'), /another args\[0\] \(n\): 1 → 2\./)
  })
})

async function linesOf(source: string): Promise<readonly string[]> {
  const { stderr, stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=tsx', '--conditions=cachedict-source', '--input-type=module', '-e', source],
    { cwd: ROOT, env: { ...plainEnvironment(), NODE_DEBUG: 'cachedict' } },
  )
  assert.equal(stdout, '')
  const lines = stderr.trim().split('\n')
  return lines.filter(line => line.startsWith('CACHEDICT ')).map(line => line.replace(/^CACHEDICT \d+: /, ''))
}
