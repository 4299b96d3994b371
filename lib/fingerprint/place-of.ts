import type { Inspector, Location } from '../base/inspector.ts'
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

/** Where the function at `location` lies. Code that no file holds counts as one's own. */
export function placeOf(location: Location | undefined, inspector: Inspector): Place {
  if (location === undefined) return { is: 'own', url: '', line: 0, column: 0 }
  const url = urlOf(location.scriptId, inspector)
  if (url.startsWith('node:')) return { is: 'node', url }
  const line = location.line + 1
  const found = packageOf(url)
  if (found === undefined) return { is: 'own', url, line, column: location.column + 1 }
  const { name, version, file } = found
  return { is: 'package', name, version, at: `${file}:${line}:${location.column + 1}` }
}

/** The URL of a script; '' where it has none. */
export function urlOf(scriptId: string, inspector: Inspector): string {
  let url = urls.get(scriptId)
  if (url !== undefined) return url
  const isWorthIt = fruitless < MOST_FRUITLESS || performance.now() - askedMs > PAUSE_MS
  if (isWorthIt) {
    note(inspector.scriptUrls())
    // It knows only what was run; the debugger knows all, and takes longer.
    if (!urls.has(scriptId) && fruitless < MOST_FRUITLESS) note(inspector.parsedScriptUrls())
    if ((urls.get(scriptId) ?? '') === '') fruitless += 1
    askedMs = performance.now()
  }
  url = urls.get(scriptId) ?? ''
  urls.set(scriptId, url)
  return url
}

function note(found: ReadonlyMap<string, string>): void {
  for (const [scriptId, url] of found) urls.set(scriptId, url)
}
