import { renderSize } from '../../base/size.ts'
import type { Store } from '../../stores/store.ts'
import type { EvictionPolicy } from './policy.ts'

/** How much a store may hold; undefined: nothing is said. */
export interface Bounds {
  readonly maxBytes?: number | undefined
  /** How many results, earlier versions included; what a block set does not count. */
  readonly maxEntries?: number | undefined
  readonly policy?: EvictionPolicy | undefined
}

export interface SaidBounds {
  readonly said: Bounds
  /** What holds where nobody says anything. */
  readonly usual: Bounds
}

const NO_BOUNDS: Bounds = Object.freeze({})
const known = new WeakMap<Store, SaidBounds & { readonly effective: Bounds }>()

/** The bounds of `store`, as far as this process knows them. */
export function boundsOf(store: Store): Bounds {
  return known.get(store)?.effective ?? NO_BOUNDS
}

/** Bounds `store`, for everybody in this process. `TypeError` where somebody said something else before; then nothing changes. */
export function sayBounds(store: Store, { said, usual }: SaidBounds): void {
  const before = known.get(store) ?? { said: NO_BOUNDS, usual: NO_BOUNDS }
  assertSame(store, 'maxSize', before.said.maxBytes, said.maxBytes, renderSize)
  assertSame(store, 'maxEntries', before.said.maxEntries, said.maxEntries, String)
  assertSame(store, 'evict', before.said.policy?.id, said.policy?.id, id => `'${id}'`)
  const allSaid = merge(before.said, said)
  const allUsual = merge(before.usual, usual)
  known.set(store, { said: allSaid, usual: allUsual, effective: merge(allSaid, allUsual) })
}

/** What `first` says, and where it says nothing, `second`. */
function merge(first: Bounds, second: Bounds): Bounds {
  return Object.freeze({
    maxBytes: first.maxBytes ?? second.maxBytes,
    maxEntries: first.maxEntries ?? second.maxEntries,
    policy: first.policy ?? second.policy,
  })
}

function assertSame<T>(
  store: Store,
  option: string,
  before: T | undefined,
  now: T | undefined,
  render: (value: T) => string,
): void {
  if (before === undefined || now === undefined || before === now) return
  throw new TypeError(
    `${store.path ?? 'The memory store'} has ${option} ${render(before)} already, and ${render(now)} was asked for. ` +
      'The bounds are those of the store: say the same everywhere, or say it once.',
  )
}
