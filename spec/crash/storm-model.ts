/** What a dictionary shows: keys with the number and the length of what lies there. */
export type Shown = ReadonlyMap<string, string>

/**
 * What may be kept after a process died that logged what it tried and did, given what was kept when it began. With
 * `discard`, changes count when they are committed; else as soon as they are made. Facts count at once in either case.
 * What was tried and not reported as done may have happened or not; nothing else is open.
 */
export function possibleStates(before: Shown, lines: readonly string[], discards: boolean): readonly Shown[] {
  let kept = new Map(before)
  /** As the open block sees it: what it changed, and what was kept when it began. */
  let changes: string[][] = []
  let tried: string[] | undefined
  const carryOut = (act: readonly string[]) => {
    const [what = ''] = act
    if (what === 'begin') changes = []
    else if (what === 'flush' || what === 'commit') {
      kept = apply(kept, changes)
      changes = []
    } else if (what === 'fact' || !discards) kept = apply(kept, [act])
    else changes.push([...act])
  }
  for (const line of lines) {
    if (line === 'did') carryOut(tried ?? [])
    tried = line.startsWith('try ') ? line.slice(4).split(' ') : undefined
  }
  const without = new Map(kept)
  if (tried === undefined) return [without]
  carryOut(tried)
  return [without, kept]
}

export function isSame(a: Shown, b: Shown): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}

/** The first difference, for whoever has to find out why. */
export function difference(actual: Shown, possible: Shown): string {
  const keys = [...new Set([...actual.keys(), ...possible.keys()])]
  return keys
    .filter(key => actual.get(key) !== possible.get(key))
    .map(key => `${key}: ${actual.get(key)} instead of ${possible.get(key)}`)
    .slice(0, 5)
    .join('; ')
}

function apply(state: Shown, acts: readonly (readonly string[])[]): Map<string, string> {
  const after = new Map(state)
  for (const [what, key = '', n, length] of acts) {
    if (what === 'delete') after.delete(key)
    else after.set(key, `${n}+${length}`)
  }
  return after
}
