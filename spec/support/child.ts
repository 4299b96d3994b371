import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface ChildOptions {
  /** The user to run as; root only. */
  readonly uid?: number
  readonly env?: Readonly<Record<string, string>>
}

/** A process of its own that runs TypeScript, and says by lines on its output how far it is. */
export interface Child {
  readonly pid: number
  readonly process: ChildProcess
  /** The next line that it writes; rejects, with what it complained of, if it ends without one. */
  line(): Promise<string>
  /** Ends it with SIGKILL, and waits until it is gone. */
  kill(): Promise<void>
  /** Waits until it ends by itself; rejects if that was not with exit code 0. */
  end(): Promise<void>
}

/** Runs `source`, a module in which `lib/…` may be imported, in a new process. */
export function runChild(source: string, options: ChildOptions = {}): Child {
  const child = spawn(
    process.execPath,
    ['--import=tsx', '--conditions=cachedict-source', '--input-type=module', '-e', resolveImports(source)],
    {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, TSX_DISABLE_CACHE: '1', ...options.env },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    },
  )
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exit = once(child, 'close')
  running.add(child)
  child.once('close', () => running.delete(child))
  return {
    pid: child.pid!,
    process: child,
    async line() {
      const next = await lines.next()
      if (next.done === true) throw new Error(`The child said nothing more. ${complaint}`)
      return next.value
    },
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
    async end() {
      const [code, signal] = await exit
      if (code !== 0) throw new Error(`The child ended with ${code ?? signal}. ${complaint}`)
    },
  }
}

// Nobody outlives the test that started it, however that ended.
const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Import specifiers that begin with `lib/` or `spec/`, as URLs: the text of a child lies in no folder. */
function resolveImports(source: string): string {
  return source.replace(/'((?:lib|spec)\/[^']+\.ts)'/g, (_, path) => `'${pathToFileURL(ROOT + path).href}'`)
}
