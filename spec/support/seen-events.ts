import { type CacheEventMap, type CacheEventType, events } from 'cachedict'

export type SeenEvent = {
  [T in CacheEventType]: { readonly type: T; readonly event: CacheEventMap[T] }
}[CacheEventType]

const TYPES = ['hit', 'miss', 'evaluated', 'kept', 'evicted', 'damaged', 'degraded', 'waiting'] as const

export interface SeenEvents {
  all(): readonly SeenEvent[]
  /** 'miss', 'evaluated', … in order. */
  types(): readonly CacheEventType[]
  of<T extends CacheEventType>(type: T): readonly CacheEventMap[T][]
  forget(): void
}

/** The events of each test of a `describe`: call it there. */
export function seenEvents(): SeenEvents {
  let seen: SeenEvent[] = []
  let ends: (() => void)[] = []
  beforeEach(() => {
    seen = []
    // Each event is noted under the type that it was listened for.
    ends = TYPES.map(type => events.on(type, event => seen.push({ type, event } as SeenEvent)))
  })
  afterEach(() => {
    for (const end of ends) end()
  })
  return {
    all: () => seen,
    types: () => seen.map(({ type }) => type),
    of: type => seen.filter(item => item.type === type).map(({ event }) => event as never),
    forget: () => {
      seen = []
    },
  }
}
