import assert from 'node:assert/strict'
import { mode } from '../../lib/fingerprint/mode.ts'
import { fingerprintsOf, writeFiles } from '../support/fingerprint-child.ts'

describe('The mode of fingerprints', () => {
  it('is that of the inspector where V8 shows what functions capture', () => {
    assert.equal(mode(), 'inspector')
    assert.equal(mode(), mode())
  })

  it('is static where there is no inspector', async () => {
    const file = writeFiles('mode', { 'main.mjs': 'export const main = () => 1' }, 'main.mjs')
    const nodeArgs = [
      '--no-warnings',
      '--experimental-permission',
      '--allow-fs-read=*',
      '--allow-fs-write=*',
      '--allow-worker',
      '--allow-addons',
    ]
    const [major = 0] = process.versions.node.split('.').map(Number)
    const flags =
      major < 24 ? nodeArgs : nodeArgs.map(flag => flag.replace('--experimental-permission', '--permission'))
    const { 'mode main': outcome } = await fingerprintsOf({ mode: file }, { nodeArgs: flags })
    assert.equal(outcome?.mode, 'static')
    assert.match(outcome?.hash ?? '', /^[\da-f]{64}$/)
    assert.ok(outcome?.findings.includes('static main'))
  })
})
