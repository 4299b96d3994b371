import { builtinModules } from 'node:module'
import { isObject } from '../base/is-object.ts'
import { ownValue } from '../base/own-value.ts'
import { type AnyFunction, isNative } from './source.ts'

/** The global names of ECMAScript: what is reachable from them has the same name in every process. */
const LANGUAGE =
  'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
  'FinalizationRegistry Float16Array Float32Array Float64Array Function Int16Array Int32Array Int8Array Intl Iterator JSON Map ' +
  'Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError ' +
  'TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly decodeURI ' +
  'decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN parseFloat parseInt unescape'

let names: Map<object, string> | undefined
let nodeClasses: { readonly classes: WeakSet<object>; readonly loaded: number } | undefined

const LANGUAGE_NAMES = new Set(`${LANGUAGE} undefined NaN Infinity`.split(' '))

/** Whether `name` is a global of the language itself, not of Node or of a program. */
export function isLanguageName(name: string): boolean {
  return LANGUAGE_NAMES.has(name)
}

/** The name of a function or object of the language (`Math.max`, `Array.prototype`), or `undefined`. Walks them once. */
export function builtinName(value: object): string | undefined {
  names ??= languageNames(globalThis)
  return names.get(value)
}

/** Whether `constructor` is a class of Node's own modules or globals: its instances keep state that cannot be seen. */
export function isNodeClass(owner: AnyFunction): boolean {
  // Again when further modules were loaded: an instance may be of one of them.
  const loaded = loadedModules()?.length ?? 0
  if (nodeClasses?.loaded !== loaded) nodeClasses = { classes: collectNodeClasses(), loaded }
  return nodeClasses.classes.has(owner) || isLateGlobal(owner)
}

/** Whether somebody has loaded the module of `Headers`, `FormData` and their like. */
export function isFetchLoaded(): boolean {
  return isLoaded(FETCH_MODULE)
}

/**
 * The names of all that the language provides in the realm of this global object. Breadth first, so that the shortest name
 * wins; no getter is run.
 */
export function languageNames(globalObject: object): Map<object, string> {
  const found = new Map<object, string>()
  const queue: [name: string, value: unknown][] = []
  for (const name of LANGUAGE.split(' ')) queue.push([name, ownValue(globalObject, name)])
  for (const [name, value] of queue) {
    if (!isObject(value) || found.has(value) || !isPartOfLanguage(name, value)) continue
    found.set(value, name)
    for (const key of Reflect.ownKeys(value)) {
      if (key === 'constructor') continue
      const step = `${name}${typeof key === 'symbol' ? `[${String(key)}]` : `.${key}`}`
      const property = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor
      if (property.get !== undefined) queue.push([`get ${step}`, property.get])
      if (property.set !== undefined) queue.push([`set ${step}`, property.set])
      queue.push([step, property.value])
    }
  }
  return found
}

// What a program hung onto a global itself is not the language: its own functions have a source, bound ones say so.
function isPartOfLanguage(name: string, value: object): boolean {
  if (typeof value !== 'function') return !name.includes('.') || name.endsWith('.prototype')
  return isNative(value) && !String(ownValue(value, 'name')).startsWith('bound ')
}

function collectNodeClasses(): WeakSet<object> {
  const classes = new WeakSet<object>()
  const add = (owner: object): void => {
    for (const key of Object.getOwnPropertyNames(owner)) {
      const value = ownValue(owner, key)
      if (typeof value === 'function') classes.add(value)
    }
  }
  for (const name of publicModules()) add(process.getBuiltinModule(name) ?? {})
  for (const timer of timers()) add({ timer: timer.constructor })
  const names = isFetchLoaded() ? `${NODE_GLOBALS} ${FETCH_GLOBALS}` : NODE_GLOBALS
  for (const name of names.split(' ')) {
    const value: unknown = Reflect.get(globalThis, name)
    if (typeof value === 'function') classes.add(value)
  }
  return classes
}

// Their classes are exported nowhere.
function timers(): readonly object[] {
  const timeout = setTimeout(() => {}, 1)
  clearTimeout(timeout)
  const immediate = setImmediate(() => {})
  clearImmediate(immediate)
  return [timeout, immediate]
}

/** A global whose module the program may use, through another class, without ever having read the name. */
function isLateGlobal(owner: AnyFunction): boolean {
  const name: unknown = ownValue(owner, 'name')
  return typeof name === 'string' && LATE_GLOBALS.has(name) && Reflect.get(globalThis, name) === owner
}

const LATE_GLOBALS = new Set(
  (
    'BroadcastChannel ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy DecompressionStream ' +
    'MessageChannel MessagePort Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver ' +
    'PerformanceObserverEntryList PerformanceResourceTiming ReadableByteStreamController ReadableStream ' +
    'ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader ' +
    'TextDecoderStream TextEncoderStream TransformStream TransformStreamDefaultController URLPattern WritableStream ' +
    'WritableStreamDefaultController WritableStreamDefaultWriter Blob File Storage'
  ).split(' '),
)

/** Globals of Node that no module of its own exports. */
const NODE_GLOBALS =
  'AbortController AbortSignal Crypto CryptoKey CustomEvent DOMException Event EventTarget Navigator SubtleCrypto'
/** Those whose getters load a large module, which is left alone while nobody else has loaded it. */
const FETCH_GLOBALS = 'CloseEvent EventSource FormData Headers MessageEvent Request Response WebSocket'
const FETCH_MODULE = 'internal/deps/undici/undici'

// Only modules that are loaded: an instance of a class means that its module is. Others would cost milliseconds each.
function publicModules(): readonly string[] {
  const deprecated = new Set(['sys', 'punycode'])
  return builtinModules.filter(name => !name.startsWith('_') && !deprecated.has(name) && isLoaded(name))
}

function isLoaded(name: string): boolean {
  return loadedModules()?.includes(`NativeModule ${name}`) ?? true
}

/** Undocumented; where it is missing, all modules are taken for loaded. */
function loadedModules(): readonly string[] | undefined {
  const loaded: unknown = Reflect.get(process, 'moduleLoadList')
  return Array.isArray(loaded) ? loaded : undefined
}
