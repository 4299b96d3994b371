import { Module } from 'node:module'
import type { Inside, Inspector } from '../base/inspector.ts'
import { packageOf } from './packages.ts'

/** In a script: `url` is '' where it has none; line and column from 1, 0 where they are unknown. */
export interface OwnPlace {
  readonly url: string
  readonly line: number
  readonly column: number
}

/** Where the text of a function lies. */
export type Place =
  | ({ readonly is: 'own' } & OwnPlace)
  | { readonly is: 'package'; readonly name: string; readonly version: string; readonly at: string }
  | { readonly is: 'node'; readonly url: string }

/** Code that is compiled from strings has a new script each time, and V8 is slow to say that it has no file. */
const MOST_FRUITLESS = 8
const PAUSE_MS = 100

const urls = new Map<string, string>()
let fruitless = 0
let askedMs = Number.NEGATIVE_INFINITY
let modules = 0

/** Where a function lies of which this was read. Code that no file holds counts as one's own. */
export function placeOf(
  inside: Pick<Inside, 'location' | 'scopes'> | undefined,
  inspector: Inspector,
): Place {
  const location = inside?.location
  if (location === undefined) return { is: 'own', url: '', line: 0, column: 0 }
  const isOfModule = inside?.scopes.some(({ kind }) => kind === 'module') === true
  const url = isOfModule ? fileOf(location.scriptId, inspector) : urlOf(location.scriptId, inspector)
  if (url.startsWith('node:')) return { is: 'node', url }
  const line = location.line + 1
  const found = packageOf(url)
  if (found === undefined) return { is: 'own', url, line, column: location.column + 1 }
  const { name, version, file } = found
  return { is: 'package', name, version, at: `${file}:${line}:${location.column + 1}` }
}

/** The URL of a script; '' where it has none. */
export function urlOf(scriptId: string, inspector: Inspector): string {
  const isWorthIt =
    fruitless < MOST_FRUITLESS || performance.now() - askedMs > PAUSE_MS || countOfModules() !== modules
  if (isWorthIt || urls.has(scriptId)) return fileOf(scriptId, inspector)
  urls.set(scriptId, '')
  return ''
}

function fileOf(scriptId: string, inspector: Inspector): string {
  let url = urls.get(scriptId)
  if (url === undefined) {
    note(inspector.scriptUrls())
    // It knows only what was run; the debugger knows all, and takes longer.
    if (!urls.has(scriptId) && fruitless < MOST_FRUITLESS) note(inspector.parsedScriptUrls())
    if ((urls.get(scriptId) ?? '') === '') fruitless += 1
    askedMs = performance.now()
    modules = countOfModules()
    url = urls.get(scriptId) ?? ''
    urls.set(scriptId, url)
  }
  return url
}

/** Of CommonJS: other functions tell by their scopes that they are of a module. */
function countOfModules(): number {
  const cache: unknown = Reflect.get(Module, '_cache')
  return typeof cache === 'object' && cache !== null ? Object.keys(cache).length : 0
}

function note(found: ReadonlyMap<string, string>): void {
  for (const [scriptId, url] of found) urls.set(scriptId, url)
}
