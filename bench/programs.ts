import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Where one of programs/ lies, built. */
export function programPath(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url))
}

/** Runs one in a Node process of its own and gives what it printed, which is JSON. */
export function runProgram(name: string, args: readonly (string | number)[]): unknown {
  const { status, stdout } = spawnSync(process.execPath, [programPath(name), ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`The program ${name} ended with ${status}. See above.`)
  return JSON.parse(stdout)
}
