import type { FunctionPart } from '../../fingerprint/part.ts'

/** The same function, as it was and as it is; undefined: it was not there, or is not any more. */
export interface Pair {
  readonly before: FunctionPart | undefined
  readonly after: FunctionPart | undefined
}

/**
 * Finds each function of `before` again in `after`: by its path, where several share one in their order; by its text,
 * where it was renamed or moved; by its name, where it was edited and is reached by another way. In the order of `after`,
 * then what is gone.
 */
export function pairFunctions(
  before: readonly FunctionPart[],
  after: readonly FunctionPart[],
): readonly Pair[] {
  const left = new Set(before)
  const found = new Map<FunctionPart, FunctionPart>()
  for (const keyOf of WAYS) {
    const waiting = new Map<string, FunctionPart[]>()
    for (const part of left) {
      const key = keyOf(part)
      const same = waiting.get(key)
      if (same === undefined) waiting.set(key, [part])
      else same.push(part)
    }
    for (const part of after) {
      const match = found.has(part) ? undefined : waiting.get(keyOf(part))?.shift()
      if (match === undefined) continue
      found.set(part, match)
      left.delete(match)
    }
  }
  return [
    ...after.map(part => ({ before: found.get(part), after: part })),
    ...[...left].map(part => ({ before: part, after: undefined })),
  ]
}

/** What two parts have in common that are the same function, the surest first. */
const WAYS: readonly ((part: FunctionPart) => string)[] = [
  ({ path, hash }) => `${path}\n${hash}`,
  ({ path }) => path,
  ({ hash }) => hash,
  // Nameless functions have nothing else in common.
  part => (part.name === '' ? part.path : `${part.name}\n${part.file}`),
]
