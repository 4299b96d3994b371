import { inspect } from 'node:util'
import { COST } from './cost.ts'
import { LRU } from './lru.ts'
import type { EvictionPolicy } from './policy.ts'

const POLICIES: ReadonlyMap<unknown, EvictionPolicy> = new Map([COST, LRU].map(policy => [policy.id, policy]))

/** The policy of a name, or a policy of the user's own as it is. `what` names the option in the `TypeError` for anything else. */
export function policyOf(evict: unknown, what: string): EvictionPolicy {
  const named = POLICIES.get(evict)
  if (named !== undefined) return named
  const names = [...POLICIES.keys()].map(name => `'${name}'`).join(', ')
  const { id, rank } = Object(evict) as Partial<EvictionPolicy>
  if (typeof id !== 'string' || id === '' || typeof rank !== 'function') {
    throw new TypeError(
      `${what} is ${inspect(evict, { depth: 0 })}. Give ${names}, or a policy: { id: 'mine', rank(worth, floor) { … } }.`,
    )
  }
  // By the name alone, other processes tell whose ranks lie there.
  if (POLICIES.has(id) && POLICIES.get(id) !== evict)
    throw new TypeError(`${what} is a policy with the id '${id}', which is taken. Give it another id.`)
  return evict as EvictionPolicy
}
