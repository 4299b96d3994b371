import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unlessAbsent } from '../files/errno.ts'

/** The package.json in `folder`; undefined where there is none, or nothing that can be used. */
export function readPackage(folder: string): Readonly<Record<string, unknown>> | undefined {
  const text = unlessAbsent(() => readFileSync(join(folder, 'package.json'), 'utf8'))
  if (text === undefined) return undefined
  try {
    const content: unknown = JSON.parse(text)
    return isRecord(content) ? content : undefined
  } catch {
    // Whoever loads from this package says so.
    return undefined
  }
}

/**
 * What `name` (`.`, `./sub`, `#inner`) can lead to by the `exports` or `imports` of a package.json, under whatever conditions:
 * which hold is the loader's business.
 */
export function packageTargets(table: unknown, name: string): readonly string[] {
  const isTable = isRecord(table) && Object.keys(table).some(key => /^[.#]/.test(key))
  if (!isTable) return name === '.' ? leavesOf(table) : []
  if (Object.hasOwn(table, name)) return leavesOf(table[name])
  return Object.entries(table).flatMap(([pattern, target]) => {
    const middle = middleOf(pattern, name)
    return middle === undefined ? [] : leavesOf(target).map(leaf => fill(leaf, pattern, middle))
  })
}

/** What stands for the `*` of `pattern` in `name`; for `./folder/`, the rest. */
function middleOf(pattern: string, name: string): string | undefined {
  const [start = '', end = ''] = pattern.endsWith('/') ? [pattern] : pattern.split('*')
  if (!pattern.includes('*') && !pattern.endsWith('/')) return undefined
  const isMatch = name.startsWith(start) && name.endsWith(end) && name.length >= start.length + end.length
  return isMatch ? name.slice(start.length, name.length - end.length) : undefined
}

function fill(leaf: string, pattern: string, middle: string): string {
  return pattern.endsWith('/') ? leaf + middle : leaf.replaceAll('*', () => middle)
}

function leavesOf(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target]
  if (Array.isArray(target)) return target.flatMap(leavesOf)
  return isRecord(target) ? Object.values(target).flatMap(leavesOf) : []
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
