import type { Hole } from './normal-form/normal-form.ts'

/** What of the world outside the program decides a result, or is changed by a call. */
export type Effect = 'clock' | 'random' | 'env' | 'files' | 'network' | 'process' | 'console' | 'timers'

/**
 * What using `name`, a name that knownNameOf gives or one of its members (`process.env.HOME`), says about a function: it
 * depends on the clock, on chance and so on. Undefined for what depends on its arguments alone.
 */
export function effectOf(name: string, use: Hole['use'], argumentCount: number): Effect | undefined {
  // Whether something is there is asked in order to run anywhere.
  if (use === 'typeof') return undefined
  const bare = name.replace(/^(?:[gs]et )?(?:globalThis\.)?/, '')
  // `new Date(2020, 1)` is a value like any other; `Date(…)` looks at no argument.
  if (bare === 'Date') return use === 'call' || (use === 'new' && argumentCount === 0) ? 'clock' : undefined
  for (let part = bare; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
    const effect = EFFECTS.get(part)
    if (effect !== undefined) return effect === 'none' ? undefined : effect
  }
  return undefined
}

/** Names with all their members; a longer name goes before a shorter one. */
const NAMES: Readonly<Record<Effect | 'none', string>> = {
  clock:
    'Date.now Temporal.Now performance Performance perf_hooks.createHistogram perf_hooks.monitorEventLoopDelay ' +
    'perf_hooks.eventLoopUtilization process.hrtime process.uptime os.uptime',
  random:
    'Math.random crypto.randomBytes crypto.randomFill crypto.randomFillSync crypto.randomInt crypto.randomUUID crypto.randomUUIDv7 ' +
    'crypto.getRandomValues crypto.pseudoRandomBytes crypto.prng crypto.rng crypto.generateKey crypto.generateKeySync ' +
    'crypto.generateKeyPair crypto.generateKeyPairSync crypto.generatePrime crypto.generatePrimeSync crypto.subtle.generateKey ' +
    'crypto.webcrypto.getRandomValues crypto.webcrypto.randomUUID crypto.webcrypto.subtle.generateKey ' +
    'Crypto.prototype.getRandomValues Crypto.prototype.randomUUID SubtleCrypto.prototype.generateKey',
  env:
    'os navigator process.env process.argv process.argv0 process.execArgv process.execPath process.cwd process.platform process.arch ' +
    'process.version process.versions process.release process.config process.features process.title process.umask process.loadEnvFile ' +
    'process.getuid process.geteuid process.getgid process.getegid process.getgroups',
  files: 'fs fs/promises sqlite localStorage sessionStorage Storage module.findPackageJSON',
  network: 'http https http2 net tls dgram dns dns/promises inspector.open fetch WebSocket EventSource',
  process:
    'process child_process cluster repl tty wasi worker_threads.Worker worker_threads.workerData worker_threads.parentPort ' +
    'worker_threads.threadId worker_threads.getEnvironmentData v8.getHeapStatistics v8.getHeapSpaceStatistics ' +
    'v8.getHeapSnapshot v8.writeHeapSnapshot',
  console: 'console process.stdout process.stderr process.emitWarning',
  timers:
    'setTimeout setInterval setImmediate timers.promises timers/promises Scheduler AbortSignal.timeout scheduler',
  none:
    'os.EOL os.constants os.devNull process.nextTick process.emit process.getBuiltinModule process.binding ' +
    'fs.constants fs/promises.constants fs.promises.constants fs.Stats fs.Dirent ' +
    'http.METHODS http.STATUS_CODES http.validateHeaderName http.validateHeaderValue http.maxHeaderSize http2.constants ' +
    'http2.getDefaultSettings http2.getPackedSettings http2.getUnpackedSettings net.isIP net.isIPv4 net.isIPv6 net.BlockList ' +
    'net.SocketAddress tls.checkServerIdentity tls.getCiphers tls.rootCertificates tls.DEFAULT_CIPHERS ' +
    'PerformanceEntry perf_hooks.constants',
}

const EFFECTS: ReadonlyMap<string, Effect | 'none'> = new Map(
  // Object.entries widens the keys of the record.
  (Object.entries(NAMES) as [Effect | 'none', string][]).flatMap(([effect, names]) =>
    names.split(' ').map(name => [name, effect] as const),
  ),
)
