import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildSync, transformSync } from 'esbuild'
import { ROOT, textOf } from './repository.ts'

let project: string | undefined
const compiled = new Map<string, string>()

/**
 * A project folder in which the library is installed, compiled just now from the sources: a program there starts in a
 * fraction of the time that a loader of TypeScript takes. One for this process, gone when it ends.
 */
export function compiledProject(): string {
  if (project !== undefined) return project
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cachedict-project-')))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o755)
  const modules = join(folder, 'node_modules')
  buildSync({
    entryPoints: [join(ROOT, 'lib/index.ts')],
    outfile: join(modules, 'cachedict/dist/index.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
  })
  writeFileSync(join(modules, 'cachedict/package.json'), textOf('package.json'))
  writeFileSync(join(folder, 'package.json'), '{"name":"project","type":"module"}')
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  }
  project = folder
  return folder
}

export interface ProgramOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The user to run as; root only. */
  readonly uid?: number
  readonly nodeArgs?: readonly string[]
}

/** A program in a process of its own, which says by lines on its output how far it is. */
export interface Program {
  readonly process: ChildProcess
  /** The next line that it writes; rejects, with what it complained of, if it ends without one. */
  line(): Promise<string>
  /** How it ended, whenever that is. */
  readonly ended: Promise<Ending>
  /** Waits until it ends by itself; rejects if that was not with exit code 0. */
  done(): Promise<Ending>
  /** Ends it with SIGKILL, and waits until it is gone. */
  kill(): Promise<Ending>
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

/** Runs a TypeScript file of the specs, which imports `cachedict`, in the compiled project. */
export function runProgram(path: string, options: ProgramOptions = {}): Program {
  const folder = compiledProject()
  const known = compiled.get(path)
  const file = known ?? join(folder, `${basename(path, '.ts')}.js`)
  if (known === undefined) writeFileSync(file, compile(path))
  compiled.set(path, file)
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), file, ...(options.args ?? [])], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...plainEnvironment(), ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  running.add(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = once(child, 'close').then(([code, signal]): Ending => {
    running.delete(child)
    return { code, signal, stderr }
  })
  return {
    process: child,
    ended,
    async line() {
      const next = await lines.next()
      if (next.done === true) throw new Error(`${path} said nothing more. ${stderr}`)
      return next.value
    },
    async done() {
      const ending = await ended
      if (ending.code !== 0) throw new Error(`${path} ended with ${ending.code ?? ending.signal}. ${stderr}`)
      return ending
    },
    async kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** The lines of a log that programs append to; the last one is left out where it is torn. */
export function readLog(path: string): readonly string[] {
  return readFileSync(path, { encoding: 'utf8', flag: 'a+' }).split('\n').slice(0, -1)
}

/** What lies beside `file`, by name, without the file itself. */
export function besides(file: string): readonly string[] {
  return readdirSync(dirname(file)).filter(name => name !== basename(file))
}

function compile(path: string): string {
  return transformSync(textOf(path), { loader: 'ts', target: 'node20', format: 'esm' }).code
}

/** Ours, without what makes Node load the sources, or talk. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, NODE_V8_COVERAGE, CACHEDICT_DIR, CACHEDICT_ACCESS, ...rest } = process.env
  return rest
}

// Nobody outlives the test that started it, however that ended.
const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})
