/** What programs logged of their reads and writes (`programs/histories.ts`), with the times of a clock that all share. */
export interface History {
  readonly writes: ReadonlyMap<string, Write>
  readonly reads: readonly Read[]
  /** Keys of facts, and calls as `<function> <n>`, that were reported as kept. */
  readonly facts: ReadonlySet<string>
  readonly calls: ReadonlySet<string>
  readonly operations: readonly { readonly from: number; readonly to: number }[]
}

interface Write {
  readonly tag: string
  readonly key: string
  readonly from: number
  /** Infinite where nobody was told that it is done: it counts at any moment since, or never. */
  to: number
  readonly deletes: boolean
  isDiscarded: boolean
}

interface Read {
  readonly key: string
  /** '-' where nothing was there. */
  readonly tag: string
  readonly from: number
  readonly to: number
}

export function historyOf(logs: Iterable<readonly string[]>): History {
  const writes = new Map<string, Write>()
  const reads: Read[] = []
  const facts = new Set<string>()
  const calls = new Set<string>()
  const operations: { from: number; to: number }[] = []
  for (const lines of logs) {
    for (const line of lines) {
      const [what, a = '', b = '', c = '', d = ''] = line.split(' ')
      if (what === 'begin')
        writes.set(a, { tag: a, key: b, from: +c, to: Infinity, deletes: d === 'delete', isDiscarded: false })
      if (what === 'sure') writes.get(a)!.to = Number(b)
      if (what === 'never') writes.get(a)!.isDiscarded = true
      if (what === 'read') reads.push({ key: a, tag: b, from: Number(c), to: Number(d) })
      if (what === 'fact') facts.add(a)
      if (what === 'call') calls.add(`${a} ${b}`)
      if (what === 'op') operations.push({ from: Number(a), to: Number(b) })
    }
  }
  return { writes, reads, facts, calls, operations }
}

/**
 * What no single register could have shown: a value that nobody wrote, or not yet, or that was discarded, or that had been
 * replaced by a write which began after it was done, and was done before the read began. A write that nobody was told is
 * done counts once: it is done at the latest when somebody has seen it.
 */
export function contradictions({ writes, reads }: History): readonly string[] {
  const found: string[] = []
  const done = new Map([...writes].map(([tag, { to }]) => [tag, to]))
  for (const { tag, to } of reads) done.set(tag, Math.min(done.get(tag) ?? Infinity, to))
  const byKey = new Map<string, Write[]>()
  for (const write of writes.values()) {
    if (write.isDiscarded) continue
    const list = byKey.get(write.key)
    if (list === undefined) byKey.set(write.key, [write])
    else list.push(write)
  }
  for (const list of byKey.values()) list.sort((a, b) => a.from - b.from)
  for (const read of reads) {
    const candidates = byKey.get(read.key) ?? []
    const before = candidates.filter(({ from }) => from <= read.to)
    const isReplaced = (doneAt: number) =>
      before.find(other => other.from > doneAt && done.get(other.tag)! < read.from)
    if (read.tag === '-') {
      const deletions = before.filter(({ deletes }) => deletes)
      const mayBe = [-Infinity, ...deletions.map(({ tag }) => done.get(tag)!)]
      if (mayBe.every(doneAt => isReplaced(doneAt) !== undefined))
        found.push(
          `${read.key} was lost: read ${read.from}-${read.to} after ${JSON.stringify(isReplaced(-Infinity))}`,
        )
      continue
    }
    const write = writes.get(read.tag)
    if (write === undefined || write.key !== read.key || write.deletes)
      found.push(`${read.key}: nobody wrote ${read.tag}`)
    else if (write.isDiscarded) found.push(`${read.key}: ${read.tag} was discarded, and read`)
    else if (write.from > read.to) found.push(`${read.key}: ${read.tag} was read before it was written`)
    else {
      const newer = isReplaced(done.get(read.tag)!)
      if (newer !== undefined)
        found.push(
          `${read.key}: ${read.tag} (${write.from}-${write.to}, seen by ${done.get(read.tag)}) was read ${read.from}-${read.to} after ${newer.tag} (${newer.from}-${newer.to})`,
        )
    }
  }
  return found
}

/** The longest that anybody was still busy with what it was doing when one of `moments` came. */
export function longestWait({ operations }: History, moments: readonly number[]): number {
  let longest = 0
  for (const { from, to } of operations)
    for (const moment of moments) if (from <= moment && moment < to) longest = Math.max(longest, to - moment)
  return longest
}
