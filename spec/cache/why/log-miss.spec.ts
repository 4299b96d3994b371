import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { logMiss } from '../../../lib/cache/why/log-miss.ts'
import { ROOT } from '../../support/repository.ts'

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
    const { stderr, stdout } = await promisify(execFile)(
      process.execPath,
      ['--import=tsx', '--conditions=cachedict-source', '--input-type=module', '-e', PROGRAM],
      { cwd: ROOT, env: { ...process.env, NODE_DEBUG: 'cachedict' } },
    )
    assert.equal(stdout, '')
    assert.deepEqual(
      stderr
        .replace(/CACHEDICT \d+: /g, '')
        .trim()
        .split('\n'),
      [
        'area(1) misses, 100 %s.',
        'a miss that could not be explained: Error: no store',
        'later',
        'a miss that could not be explained: Error: no store either',
      ],
    )
  })
})
