/** Where Node keeps what it provides, as data: known-names.ts gives each thing its name by it. */

/**
 * The public modules, in the order in which a thing that several of them hand out gets its name. One that hands on what
 * another defines stands behind it and is never loaded without it: so the name does not depend on what else is loaded.
 */
export const MODULES =
  'buffer events util.types util url path fs fs/promises stream/promises stream stream/web string_decoder querystring timers ' +
  'timers/promises async_hooks diagnostics_channel os crypto perf_hooks assert net dgram dns dns/promises tls http https http2 ' +
  'zlib tty readline vm v8 module child_process cluster worker_threads inspector inspector/promises repl domain ' +
  'trace_events wasi test test/reporters sqlite sea'

/** Left out: deprecated, or only another name for what others hold. */
export const HIDDEN_MODULES =
  'assert/strict console constants path/posix path/win32 process punycode readline/promises sys util/types'

/** Those that can be reached without being loaded under their own name, by what is loaded then. */
export const LOADED_WITH: Readonly<Record<string, string>> = {
  'fs/promises': 'internal/fs/promises',
  http: '_http_server',
  readline: 'internal/readline/promises',
  'dns/promises': 'internal/dns/promises',
  'util.types': 'util',
}

/** Members that are other names on some versions of Node only, so that what they lead to would be called by them there. */
export const PASSED_OVER =
  'crypto.Cipher crypto.Decipher dns/promises.getDefaultResultOrder dns/promises.setDefaultResultOrder ' +
  'perf_hooks.eventLoopUtilization perf_hooks.timerify'

/** Modules that export globals under the names that these have as globals. */
export const HOMES_OF_GLOBALS = 'buffer perf_hooks stream/web timers url util worker_threads'

/**
 * Globals of Node that are not the language's, under what must be loaded before they may be looked at: on Node 22 and
 * later the mere look at one loads what it stands for, which can take 20 ms.
 */
export const GLOBALS: Readonly<Record<string, string>> = {
  timers: 'clearImmediate clearInterval clearTimeout setImmediate setInterval setTimeout',
  buffer: 'Buffer atob btoa',
  url: 'URL URLSearchParams',
  util: 'fetch queueMicrotask structuredClone TextDecoder TextEncoder',
  perf_hooks:
    'performance Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver ' +
    'PerformanceObserverEntryList PerformanceResourceTiming',
  'internal/abort_controller': 'AbortController AbortSignal',
  'internal/blob': 'Blob',
  'internal/crypto/webcrypto': 'Crypto CryptoKey SubtleCrypto',
  'internal/deps/undici/undici': 'EventSource FormData Headers MessageEvent Request Response WebSocket',
  'internal/event_target': 'CustomEvent Event EventTarget',
  'internal/file': 'File',
  'internal/navigator': 'Navigator',
  'internal/per_context/domexception': 'DOMException',
  'internal/webstreams/compression': 'CompressionStream DecompressionStream',
  'internal/webstreams/encoding': 'TextDecoderStream TextEncoderStream',
  'internal/webstreams/queuingstrategies': 'ByteLengthQueuingStrategy CountQueuingStrategy',
  'internal/webstreams/readablestream':
    'ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ' +
    'ReadableStreamDefaultController ReadableStreamDefaultReader',
  'internal/webstreams/transformstream': 'TransformStream TransformStreamDefaultController',
  'internal/webstreams/writablestream':
    'WritableStream WritableStreamDefaultController WritableStreamDefaultWriter',
  'internal/worker/io': 'BroadcastChannel MessageChannel MessagePort',
}

/** Members of modules that are made when they are first looked at, likewise. */
export const LAZY_MEMBERS: Readonly<Record<string, string>> = {
  async_hooks: 'async_hooks.AsyncLocalStorage',
  'internal/blob': 'buffer.resolveObjectURL',
  'internal/blocklist': 'net.BlockList',
  'internal/socketaddress': 'net.SocketAddress',
  'internal/deps/undici/undici': 'http.CloseEvent',
  'internal/streams/fast-utf8-stream': 'fs.Utf8Stream',
  'internal/fs/dir': 'fs.Dir fs.opendir fs.opendirSync',
  'internal/fs/streams': 'fs.ReadStream fs.WriteStream fs.FileReadStream fs.FileWriteStream',
  'internal/util/parse_args/parse_args': 'util.parseArgs',
  'internal/mime': 'util.MIMEType util.MIMEParams',
  'internal/crypto/webcrypto': 'crypto.webcrypto crypto.subtle crypto.getRandomValues',
  'internal/abort_controller': 'util.aborted util.transferableAbortController util.transferableAbortSignal',
}

/** Objects in modules and in `process` that have names; what else lies there may be the program's. */
export const NAMED_OBJECTS =
  'METHODS STATUS_CODES allowedNodeEnvironmentFlags argv builtinModules codes colors config constants defaults dlopen env ' +
  'errno execArgv features locks performance posix priority promiseHooks promises release report scheduler signals ' +
  'startupSnapshot strict styles subtle types versions webcrypto win32'

/** Of those the ones whose members have names too. The others are not looked into: they differ from run to run. */
export const NAMESPACES =
  'codes constants dlopen errno performance posix priority promiseHooks promises scheduler signals startupSnapshot ' +
  'strict subtle types webcrypto win32'
