import { onceFor } from '../base/once-for.ts'
import type { CalledFunction, MadeOf, Seen, Use } from '../entries/made-of.ts'
import { everythingSeen, isStillSo, TORN, type View } from '../entries/use.ts'
import { placeIn, type Source, viewsAt } from './surroundings.ts'

/** Something that was read, and where. */
export interface Read extends Omit<Use, 'place'> {
  readonly source: Source
}

/** A function that was called, and where it keeps its results. */
export interface Called extends Omit<CalledFunction, 'place'> {
  readonly placeId: string
}

/** So many single reads of one dictionary are noted one by one; more of them are one of all that it holds. */
const MOST_SINGLE = 1_000

/** What one evaluation has read and called so far. */
export class Reads {
  readonly #own: Source
  readonly #storeKey: string
  readonly #reads = new Map<string, Read>()
  readonly #calls = new Map<string, Called>()
  readonly #written = new Set<string>()

  /** `own`: where the result will lie, under `storeKey`. Its own value before is nothing that it depends on. */
  constructor(own: Source, storeKey: string) {
    this.#own = own
    this.#storeKey = storeKey
  }

  /** Under which key the result will lie, if that is in the dictionary that is read. */
  keyIn({ placeId }: Source): string | undefined {
    return placeId === this.#own.placeId ? this.#storeKey : undefined
  }

  /** The first of two equal reads counts; what gave two different things was changed meanwhile by somebody else. */
  add(read: Read): void {
    const { source, what, key } = read
    const isListing = what === 'keys' || what === 'everything'
    const isOwn = key === this.keyIn(source) || this.#written.has(idOf(source, key))
    if (isOwn && !isListing) return
    const id = idOf(source, `${what} ${read.codeVersion}\n${key}`)
    const before = this.#reads.get(id)
    if (before === undefined) this.#reads.set(id, read)
    else if (before.digest !== read.digest) this.#reads.set(id, { ...before, ...TORN })
  }

  addCall(call: Called): void {
    this.#calls.set([call.placeId, call.name, call.codeVersion, call.values].join('\n'), call)
  }

  /** What the evaluation itself wrote before it read it comes from nowhere else. */
  addWrite(source: Source, storeKey: string): void {
    this.#written.add(idOf(source, storeKey))
  }

  /** All of it, as the entry says it. */
  madeOf(): MadeOf {
    const uses: Use[] = []
    for (const reads of this.#bySource().values()) {
      const place = placeIn(this.#own, reads[0]!.source)
      const single =
        reads.length > MOST_SINGLE && reads[0]!.what !== 'file' ? [this.#everything(reads)] : reads
      for (const { source, ...read } of single) uses.push({ ...read, place })
    }
    const calls = [...this.#calls.values()].map(({ placeId, ...call }) => ({
      ...call,
      place: placeIn({ ...this.#own, view: undefined }, { placeId, view: undefined }),
    }))
    return { uses, calls }
  }

  #bySource(): ReadonlyMap<string, readonly Read[]> {
    const groups = new Map<string, Read[]>()
    for (const read of this.#reads.values()) {
      const id = idOf(read.source, '')
      const group = groups.get(id)
      if (group === undefined) groups.set(id, [read])
      else group.push(read)
    }
    return groups
  }

  /** One read of the whole dictionary in the place of many: as it is now, if all of them would still give the same. */
  #everything(reads: readonly Read[]): Read {
    const { source } = reads[0]!
    const key = this.keyIn(source) ?? ''
    const views = viewsAt(source)
    const seen = views.map(view => everythingSeen(view, [key], 'quick'))
    const isOne = seen.every(({ stamp }) => stamp === seen[0]!.stamp)
    const isWhole = reads.every(read => views.every(view => isStillSo({ ...read, place: '' }, view)))
    const now: Seen = seen[0] !== undefined && isOne && isWhole ? seen[0] : TORN
    return { source, what: 'everything', key, label: '', codeVersion: '', ...now }
  }
}

let views = 0
const numberOf = onceFor((_: View) => ++views)

function idOf({ placeId, view }: Source, rest: string): string {
  return `${placeId}\n${view === undefined ? '' : numberOf(view)}\n${rest}`
}
