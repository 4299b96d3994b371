import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fingerprintsOf, type Outcome, writeProgram } from '../support/fingerprint-child.ts'
import { type OtherNode, otherNodes, THIS_NODE, WITHOUT_NODES } from '../support/other-nodes.ts'
import { compiledProject, plainEnvironment } from '../support/program.ts'
import { nameOf } from './cases/case.ts'
import { CORPUS } from './cases/corpus.ts'

const nodes = otherNodes()

describe('Fingerprints on every Node', function () {
  this.timeout(120_000)
  const modules: Record<string, string> = {}
  let here: Readonly<Record<string, Outcome>>

  before(async () => {
    for (const [index, each] of CORPUS.entries()) {
      for (const state of ['before', 'after'] as const) {
        modules[`${nameOf(each)}, ${state}:`] = writeProgram(`nodes/${index}/${state}`, each[state])
      }
    }
    here = await fingerprintsOf(modules)
  })

  it('are the same in another process', async () => {
    assert.deepEqual(differences(here, await fingerprintsOf(modules)), [])
  })

  if (nodes.length === 0) it.skip(`are the same (${WITHOUT_NODES})`)
  for (const { path, version } of nodes) {
    it(`are the same on Node ${version.join('.')}`, async () => {
      assert.ok(Object.keys(here).length >= CORPUS.length * 2)
      assert.deepEqual(differences(here, await fingerprintsOf(modules, { node: path })), [])
    })
  }
})

/** Imports its own function, and is allowed to read files only. */
const RUN = `
import { fingerprint } from 'cachedict'
import { main } from './main.mjs'
const { hash, mode } = fingerprint(main)
console.log(JSON.stringify({ hash, mode, again: fingerprint(main).hash }))
`
const PROGRAM = {
  'run.mjs': RUN,
  'main.mjs': "import { help } from './help.mjs'\nexport const main = a => help(a) + 1",
  'help.mjs': 'export const help = a => a + 1',
}

describe('Where the inspector is not allowed, the fingerprint', function () {
  this.timeout(60_000)
  let programs = 0

  for (const node of [THIS_NODE, ...nodes]) {
    const on = `on Node ${node.version.join('.')}`

    it(`is made of whole modules ${on}`, async () => {
      const { hash, mode, again } = await run(node, PROGRAM)
      assert.equal(mode, 'static')
      assert.equal(again, hash)
      assert.equal((await run(node, PROGRAM)).hash, hash)
    })

    it(`is another when the function is edited ${on}`, async () => {
      const edited = { ...PROGRAM, 'main.mjs': PROGRAM['main.mjs'].replace('+ 1', '+ 2') }
      assert.notEqual((await run(node, edited)).hash, (await run(node, PROGRAM)).hash)
    })

    it(`is another when an imported file is edited ${on}`, async () => {
      const edited = { ...PROGRAM, 'help.mjs': 'export const help = a => a + 2' }
      assert.notEqual((await run(node, edited)).hash, (await run(node, PROGRAM)).hash)
    })
  }
  if (nodes.length === 0) it.skip(`is made of whole modules on other Nodes (${WITHOUT_NODES})`)

  async function run(node: OtherNode, files: Readonly<Record<string, string>>) {
    const folder = `permissions/${++programs}`
    writeProgram(folder, files)
    const permission = node.version[0] < 22 ? '--experimental-permission' : '--permission'
    const args = [permission, '--allow-fs-read=*', '--no-warnings', `${compiledProject()}/${folder}/run.mjs`]
    const { stdout } = await promisify(execFile)(node.path, args, { env: plainEnvironment() })
    return JSON.parse(stdout) as { hash: string; mode: string; again: string }
  }
})

/** What of `other` is not as in `outcomes`, by name. */
function differences(
  outcomes: Readonly<Record<string, Outcome>>,
  other: Readonly<Record<string, Outcome>>,
): readonly string[] {
  const names = new Set([...Object.keys(outcomes), ...Object.keys(other)])
  const whole = (outcome: Outcome | undefined) => JSON.stringify(outcome)
  return [...names]
    .filter(name => outcomes[name]?.error !== undefined || whole(outcomes[name]) !== whole(other[name]))
    .map(name => `${name} ${whole(outcomes[name])} ${whole(other[name])}`)
}
