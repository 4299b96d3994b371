import fc from 'fast-check'

type Kind = 'array' | 'object' | 'set' | 'map'

/** An object of a graph: what kind it is, and which objects it refers to by number; or atoms. */
export interface Plan {
  readonly kind: Kind
  readonly references: readonly (number | 'x' | 'y')[]
}
export type Blueprint = readonly Plan[]

export const blueprint: fc.Arbitrary<Blueprint> = fc.integer({ min: 1, max: 5 }).chain(size =>
  fc.array(
    fc.record({
      kind: fc.constantFrom<Kind>('array', 'object', 'set', 'map'),
      references: fc.array(
        fc.oneof(
          { weight: 4, arbitrary: fc.nat({ max: size - 1 }) },
          { weight: 1, arbitrary: fc.constantFrom<'x' | 'y'>('x', 'y') },
        ),
        { maxLength: 2 },
      ),
    }),
    { minLength: size, maxLength: size },
  ),
)

export function buildGraph(plans: Blueprint): unknown {
  const objects = plans.map(({ kind }) => EMPTY[kind]())
  plans.forEach(({ kind, references }, i) => {
    references.forEach((to, n) => {
      const target = typeof to === 'number' ? objects[to] : to
      const object = objects[i]
      if (kind === 'array') (object as unknown[]).push(target)
      else if (kind === 'object') (object as Record<string, unknown>)[`p${n}`] = target
      // Wrapped, so that two references to one node are two entries.
      else if (kind === 'set') (object as Set<unknown>).add([target])
      else (object as Map<unknown, unknown>).set([target], target)
    })
  })
  return objects[0]
}

const EMPTY: Record<Kind, () => object> = {
  array: () => [],
  object: () => ({}),
  set: () => new Set(),
  map: () => new Map(),
}

/** Whether the first nodes unfold into one infinite tree: all pairs are taken for alike until they are seen to differ. */
export function unfoldAlike(a: Blueprint, b: Blueprint): boolean {
  const nodes = [...a, ...b.map(plan => shifted(plan, a.length))]
  const related = nodes.map(() => nodes.map(() => true))
  const isRelated = (x: number | string, y: number | string): boolean =>
    typeof x === 'number' && typeof y === 'number' ? (related[x]?.[y] ?? false) : x === y
  for (let changed = true; changed; ) {
    changed = false
    nodes.forEach((x, i) => {
      nodes.forEach((y, j) => {
        const row = related[i] as boolean[]
        if (!row[j] || areAlike(x, y, isRelated)) return
        row[j] = false
        changed = true
      })
    })
  }
  return isRelated(0, a.length)
}

function shifted(plan: Plan, by: number): Plan {
  return { ...plan, references: plan.references.map(to => (typeof to === 'number' ? to + by : to)) }
}

function areAlike(x: Plan, y: Plan, isRelated: (x: number | string, y: number | string) => boolean): boolean {
  if (x.kind !== y.kind || x.references.length !== y.references.length) return false
  if (x.kind === 'array' || x.kind === 'object') {
    return x.references.every((to, n) => isRelated(to, y.references[n] as number | string))
  }
  const rest = [...y.references]
  return x.references.every(to => {
    const found = rest.findIndex(other => isRelated(to, other))
    if (found >= 0) rest.splice(found, 1)
    return found >= 0
  })
}
