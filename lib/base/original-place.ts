import { findSourceMap } from 'node:module'

/** A place in a source file as somebody wrote it. Lines are counted from 1. */
export interface OriginalPlace {
  /** As the source map names it: mostly a file: URL, or a path. */
  readonly source: string
  readonly line: number
}

/**
 * Where that was written which Node runs at `line` and `column` (from 0) of the script at `url`; undefined where Node has
 * no source map of it: it keeps them only where somebody asked for that (`--enable-source-maps`, tsx).
 */
export function originalPlace(url: string, line: number, column: number): OriginalPlace | undefined {
  if (url === '') return undefined
  // Of a place that it does not know, it gives an empty object.
  const entry: { readonly originalSource?: unknown; readonly originalLine?: unknown } =
    findSourceMap(url)?.findEntry(line, column) ?? {}
  const { originalSource, originalLine } = entry
  if (typeof originalSource !== 'string' || typeof originalLine !== 'number') return undefined
  return { source: originalSource, line: originalLine + 1 }
}
