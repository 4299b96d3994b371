import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtUrl } from '../cachedict.ts'
import { flatCache } from '../peers/flat-cache.ts'
import { keyvSqlite } from '../peers/keyv-sqlite.ts'
import { memoizeFs } from '../peers/memoize-fs.ts'
import { nodePersist } from '../peers/node-persist.ts'
import { installed } from '../peers/peer.ts'
import { timed } from '../rounds.ts'
import type { Contender, Row } from '../row.ts'

/** The folder of the built program, from which the peers are found. */
const HERE = dirname(fileURLToPath(import.meta.url))

export const IMPORT: Row = {
  id: 'import',
  title: () => 'Start a Node process that imports it and ends',
  rounds: 21,
  warmUps: 2,
  compares: 'above',
  contenders: async () => [
    fresh('bare Node', []),
    { ...fresh('cachedict', [builtUrl()]), aims: [{ above: 30 }] },
    ...installed([memoizeFs, flatCache, nodePersist, keyvSqlite]).map(peer => fresh(peer.name, peer.modules)),
  ],
}

function fresh(name: string, modules: readonly string[]): Contender {
  const program = modules.map(each => `import ${JSON.stringify(each)}`).join('\n')
  return {
    name,
    round: () =>
      timed(() => {
        const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
          cwd: HERE,
          encoding: 'utf8',
        })
        if (status !== 0) throw new Error(`A process that imports ${name} failed: ${stderr}`)
      }),
  }
}
