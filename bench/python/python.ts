import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** One piece of work, done `calls` times in a row: see measure.py. */
export interface PythonRequest {
  readonly library: 'diskcache' | 'joblib'
  readonly work: 'hits' | 'first-calls' | 'large-hits' | 'large-puts'
  readonly calls: number
}

/** A Python process that measures itself. */
export interface Python {
  readonly versions: Readonly<Record<'python' | 'diskcache' | 'joblib' | 'numpy', string | null>>
  /** The milliseconds that all calls took. */
  ask(request: PythonRequest): Promise<number>
  close(): void
}

/** Why no Python takes part here; undefined where it does. */
export function whyNoPython(): string | undefined {
  if (process.env.CI !== undefined) return 'not in CI'
  const { status } = spawnSync('python3', ['-c', 'import joblib, diskcache'], { env: environment() })
  return status === 0 ? undefined : 'no python3 with joblib and diskcache; see BENCH_PYTHONPATH'
}

/** Starts one whose caches lie in `folder`, and whose large array takes `largeBytes`. */
export async function openPython(folder: string, largeBytes: number): Promise<Python> {
  const program = fileURLToPath(new URL('../python/measure.py', import.meta.url))
  const child = spawn('python3', [program, folder, String(largeBytes)], { env: environment() })
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const versions = (await answer(child, lines)) as Python['versions']
  return {
    versions,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      return ((await answer(child, lines)) as { ms: number }).ms
    },
    // It ends with its input.
    close: () => child.stdin.end(),
  }
}

async function answer(child: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next()
  if (line.done !== true) return JSON.parse(line.value)
  if (child.exitCode === null) await once(child, 'exit')
  throw new Error(`The Python process ended with ${child.exitCode}. See above.`)
}

function environment(): NodeJS.ProcessEnv {
  const { BENCH_PYTHONPATH, ...inherited } = process.env
  return BENCH_PYTHONPATH === undefined ? inherited : { ...inherited, PYTHONPATH: BENCH_PYTHONPATH }
}
