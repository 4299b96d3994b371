import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { compiledProject, plainEnvironment } from './program.ts'
import type { Files } from './program-files.ts'

/** What a program says of a function: its fingerprint, or why there is none. */
export interface Outcome {
  readonly hash: string
  readonly mode: string
  /** `kind path` of each finding, sorted. */
  readonly findings: readonly string[]
  readonly error: string | undefined
}

/** The file whose exports are looked at, by a name that comes back in the outcomes. */
export type Modules = Readonly<Record<string, string>>

export interface ChildOptions {
  readonly node?: string
  readonly nodeArgs?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** In a worker thread of that process. */
  readonly worker?: boolean
}

const CHILD = `
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { isMainThread, Worker } from 'node:worker_threads'
import { fingerprint } from 'cachedict'

const [modules, thread] = process.argv.slice(2)
if (thread === 'worker' && isMainThread) {
  await new Promise((done, failed) => {
    new Worker(new URL(import.meta.url), { argv: [modules, thread] }).once('exit', done).once('error', failed)
  })
} else {
  // All are loaded before the first is looked at, as in most programs: where a script comes from is asked once then.
  const [loaded, outcomes] = [[], {}]
  for (const [name, file] of Object.entries(JSON.parse(readFileSync(modules, 'utf8')))) {
    try {
      const module = /\\.c[jt]s$/.test(file) ? createRequire(import.meta.url)(file) : await import(pathToFileURL(file).href)
      loaded.push([name, module])
    } catch (error) {
      outcomes[name + ' main'] = { error: String(error?.stack ?? error) }
    }
  }
  for (const [name, module] of loaded) {
    for (const [key, fn] of Object.entries(module)) {
      if (typeof fn === 'function') outcomes[name + ' ' + key] = outcomeOf(fn)
    }
  }
  console.log('OUTCOMES ' + JSON.stringify(outcomes))
}

function outcomeOf(fn) {
  try {
    const { hash, mode, findings } = fingerprint(fn)
    return { hash, mode, findings: findings.map(({ kind, path }) => kind + ' ' + path).sort() }
  } catch (error) {
    return { error: String(error?.stack ?? error) }
  }
}
`

/**
 * The fingerprints of all functions that `modules` export, as a program in a process of its own sees them. They are named
 * `<module> <export>`. Those of a module that does not load are its error, as its `main`.
 */
export async function fingerprintsOf(
  modules: Modules,
  { node = process.execPath, nodeArgs = [], env = {}, worker = false }: ChildOptions = {},
): Promise<Readonly<Record<string, Outcome>>> {
  const folder = compiledProject()
  const [script, list] = [join(folder, 'fingerprints.mjs'), join(folder, `modules-${++lists}.json`)]
  writeFileSync(script, CHILD)
  writeFileSync(list, JSON.stringify(modules))
  const { stdout } = await promisify(execFile)(
    node,
    [...nodeArgs, script, list, ...(worker ? ['worker'] : [])],
    { cwd: folder, env: { ...plainEnvironment(), ...env }, maxBuffer: 1 << 26 },
  )
  return JSON.parse(stdout.slice(stdout.indexOf('OUTCOMES ') + 'OUTCOMES '.length)) as Record<string, Outcome>
}

let lists = 0

/**
 * Writes a program into a folder of its own in the compiled project, where it finds the library. Returns the path of its
 * file `main`.
 */
export function writeFiles(folder: string, files: Files, main: string): string {
  const at = (path: string) => join(compiledProject(), folder, path)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  return at(main)
}

/** Writes a program whose TypeScript is compiled before. Returns the path of what exports `main`: main.mjs or main.cjs. */
export function writeProgram(folder: string, files: Files): string {
  const compiled = Object.entries(files).map(([path, text]) =>
    path.endsWith('.ts') ? [path.replace(/\.ts$/, '.mjs'), javaScriptOf(text)] : [path, text],
  )
  return writeFiles(
    folder,
    Object.fromEntries(compiled),
    Object.hasOwn(files, 'main.cjs') ? 'main.cjs' : 'main.mjs',
  )
}

function javaScriptOf(text: string): string {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 }
  return ts.transpileModule(text, { compilerOptions }).outputText
}
