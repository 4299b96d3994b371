import type { Change, TailOf, WriteRequest } from '../store.ts'
import type { Batch, Put } from './batch.ts'
import { LARGE_BYTES, type LargeValues } from './large-values.ts'
import { listEntries, listedBytes, tailBytes } from './reading.ts'
import type { Record, ValueFile } from './record.ts'
import type { Job } from './write-queue.ts'

/** A change with all its bytes where they belong. */
interface Prepared {
  readonly key: string
  readonly put: Put | undefined
}

/** Brings the large ones of `request.tails` to the disk. */
export async function writeTails(job: Job, values: LargeValues): Promise<void> {
  for (const tail of largeTails(job.request)) {
    const file = await values.write(tail)
    // A synchronous write came by, and took the request along.
    if (job.isDone) values.remove(file.name)
    else job.files.set(tail, file)
  }
}

export function hasLargeTails(request: WriteRequest): boolean {
  return request.tails?.some(isLarge) === true
}

/** What `request` wants to change of what `batch` shows. */
export function planChanges(request: WriteRequest, batch: Batch, values: LargeValues): readonly Change[] {
  const current = new Map<string, Uint8Array>()
  for (const key of request.reads) {
    const record = batch.get(key)
    if (record !== undefined) current.set(key, listedBytes(record, values))
  }
  return request.plan(current, () =>
    listEntries(
      () => batch.db,
      () => values,
      '',
    ),
  )
}

/** Does `changes` in `batch`: all, or, where something is thrown, nothing. Returns the files of `values` that are referred to from then on. */
export function applyChanges(
  changes: readonly Change[],
  writer: {
    readonly batch: Batch
    readonly values: LargeValues
    readonly files?: Map<Uint8Array, ValueFile>
  },
): readonly ValueFile[] {
  const { batch, values, files = new Map() } = writer
  const written: ValueFile[] = []
  const fileOf = (parts: readonly Uint8Array[]): ValueFile => {
    const known = files.get(parts[0]!)
    const file = known ?? values.writeSync(parts.length === 1 ? parts[0]! : Buffer.concat(parts))
    if (!written.includes(file)) written.push(file)
    return file
  }
  try {
    const prepared = changes.map(change => prepare(change, { batch, values, fileOf }))
    if (written.length > 0) values.syncNames()
    for (const { key, put } of prepared) {
      if (put === undefined) batch.remove(key)
      else batch.put(key, put)
    }
    return written
  } catch (error) {
    for (const { name } of written) values.remove(name)
    throw error
  }
}

/** Writes what is large about `change`, and reads what is there already. */
function prepare(
  { key, bytes, tail, rank, expiresAtMs }: Change,
  {
    batch,
    values,
    fileOf,
  }: {
    readonly batch: Batch
    readonly values: LargeValues
    readonly fileOf: (parts: readonly Uint8Array[]) => ValueFile
  },
): Prepared {
  if (bytes === undefined) return { key, put: undefined }
  const facts = {
    rank,
    expiresAtMs: rank === undefined ? undefined : expiresAtMs,
    headBytes: bytes.byteLength,
  }
  if (tail !== undefined && !(tail instanceof Uint8Array)) {
    const source = batch.get(tail.key)
    const file = source === undefined ? undefined : movable(source, tail)
    if (file !== undefined) return { key, put: { ...facts, inline: bytes, file, listsFile: false } }
    const copied = source === undefined ? NOTHING : tailBytes(source, tail.from, values)
    return prepare({ key, bytes, tail: copied, ...withFacts(rank, expiresAtMs) }, { batch, values, fileOf })
  }
  if (isLarge(bytes)) {
    const parts = tail === undefined || tail.byteLength === 0 ? [bytes] : [bytes, tail]
    return { key, put: { ...facts, inline: NOTHING, file: fileOf(parts), listsFile: true } }
  }
  if (tail !== undefined && isLarge(tail))
    return { key, put: { ...facts, inline: bytes, file: fileOf([tail]), listsFile: false } }
  const inline = tail === undefined ? bytes : Buffer.concat([bytes, tail])
  return { key, put: { ...facts, inline, file: undefined, listsFile: false } }
}

const NOTHING = Buffer.alloc(0)

function withFacts(
  rank: number | undefined,
  expiresAtMs: number | undefined,
): Pick<Change, 'rank' | 'expiresAtMs'> {
  return {
    ...(rank === undefined ? {} : { rank }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  }
}

/** The file of `source`, where it holds just the tail that is asked for. */
function movable({ inline, file, listsFile }: Record, { from }: TailOf): ValueFile | undefined {
  return !listsFile && inline.length === from ? file : undefined
}

function largeTails({ tails = [] }: WriteRequest): readonly Uint8Array[] {
  return tails.filter(isLarge)
}

function isLarge(bytes: Uint8Array): boolean {
  return bytes.byteLength >= LARGE_BYTES
}
