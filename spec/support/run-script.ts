import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs `source`, an ES module that may import 'cachedict', in a process of its own; what it printed, as JSON. */
export function runScript(source: string, environment: Readonly<Record<string, string>>): unknown {
  const args = ['--import=tsx', '--conditions=cachedict-source', '--input-type=module', '--eval', source]
  const env = { ...process.env, ...environment }
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' }))
}
