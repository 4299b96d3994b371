import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

export const HERE = import.meta.dirname
const ROOT = join(HERE, '..')
/** What rows start in processes of their own. */
const PROGRAMS = ['fill', 'fingerprint', 'first-hit', 'recall', 'watch-size'].map(
  name => `programs/${name}.ts`,
)
export const PROGRAM = join(HERE, 'dist', 'measure.js')

/** Sees to everything that a run needs; returns the URL of the built package. */
export async function prepare(): Promise<string> {
  installPeers()
  buildPackage()
  // One module each, in plain JavaScript: what is measured runs without a loader.
  await build({
    entryPoints: ['measure.ts', ...PROGRAMS].map(name => join(HERE, name)),
    outdir: join(HERE, 'dist'),
    outbase: HERE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  })
  return pathToFileURL(createRequire(join(ROOT, 'package.json')).resolve('cachedict')).href
}

function installPeers(): void {
  const installed = modifiedMs(join(HERE, 'node_modules', '.package-lock.json'))
  if (installed >= modifiedMs(join(HERE, 'package-lock.json'))) return
  say(
    'Installing the packages to compare with. SQLite may have to be compiled: that takes a few minutes, once.',
  )
  npm(['ci'], HERE)
}

function buildPackage(): void {
  const sources = ['lib', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts'].map(name =>
    modifiedMs(join(ROOT, name)),
  )
  if (modifiedMs(join(ROOT, 'dist', 'index.js')) >= Math.max(...sources)) return
  say('Building the package.')
  npm(['run', '--silent', 'build'], ROOT)
}

/** When a file, or anything in a folder, was last changed; 0 where there is nothing. */
function modifiedMs(path: string): number {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(path).map(name => modifiedMs(join(path, name)))
  return Math.max(stat.mtimeMs, ...inside)
}

function npm(args: readonly string[], cwd: string): void {
  const options: SpawnSyncOptions = {
    cwd,
    // Its output must not get between the figures.
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  }
  const { status } = spawnSync('npm', [...args], options)
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}. See above.`)
}

/** To whoever waits; figures alone go to the standard output. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
