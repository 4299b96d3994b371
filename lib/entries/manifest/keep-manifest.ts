import { onceFor } from '../../base/once-for.ts'
import type { Part } from '../../fingerprint/part.ts'
import type { Change, Store, StoreEntry, WriteRequest } from '../../stores/store.ts'
import { MANIFEST_PREFIX } from '../entry-key.ts'
import { boundsOf } from '../eviction/bounds.ts'
import { encodeManifest } from './manifest.ts'
import { manifestKeyOf, manifestListKeyOf } from './manifest-key.ts'
import { isSound, openText, sealText } from './sealed-text.ts'
import { mostManifestBytes } from './surplus.ts'

/** How many manifests the functions of one name keep in a store; the oldest goes first. */
const MOST_MANIFESTS = 32
/** The same of functions without a name: all those that are written in place share it. */
const MOST_NAMELESS = 512

/** What is to be kept of the code that gave a result. */
export interface MadeBy {
  readonly name: string
  /** Digest of the code; '' where results do not depend on it: then nothing is kept. */
  readonly code: string
  readonly writtenAtMs: number
  /** Every other manifest of the store goes. */
  readonly alone: boolean
  /** Asked only where it has to be written. None: nothing is kept. */
  readonly parts: () => readonly Part[]
}

/** The keys of manifests that are known to lie there. */
const keptIn = onceFor((_: Store) => new Set<string>())

/**
 * `request`, which keeps a result in `store`, and with it what its code was made of, unless that is there already. Where a
 * process has seen it there, later results cost nothing.
 */
export function withManifest(store: Store, request: WriteRequest, madeBy: MadeBy): WriteRequest {
  const key = manifestKeyOf(madeBy.name, madeBy.code)
  const known = keptIn(store)
  if (madeBy.code === '' || known.has(key)) return request
  const listKey = manifestListKeyOf(madeBy.name)
  let bytes: Uint8Array | undefined
  const encoded = (): Uint8Array | undefined => {
    if (bytes !== undefined) return bytes
    const parts = madeBy.parts()
    if (parts.length === 0) known.add(key)
    else bytes = encodeManifest(parts, madeBy.writtenAtMs, key)
    return bytes
  }
  return {
    ...request,
    reads: [...request.reads, key, listKey],
    plan: (current, entries) => {
      const changes = request.plan(current, entries)
      const kept = current.get(key)
      const isThere = kept !== undefined && isSound(kept, key)
      // Not before somebody has seen it there: what is being written may fail.
      if (isThere) known.add(key)
      if (isThere || changes.length === 0) return changes
      const manifest = encoded()
      const { maxBytes } = boundsOf(store)
      if (manifest === undefined || manifest.byteLength > mostManifestBytes(maxBytes)) return changes
      const others = madeBy.alone ? removalOf(entries(), [key, listKey]) : []
      const list = madeBy.alone ? undefined : current.get(listKey)
      return [...changes, ...others, { key, bytes: manifest }, ...listed(madeBy, list)]
    },
  }
}

/** Removes every manifest of the functions of that name. Of those without a name nobody knows whose they are: they stay. */
export async function removeManifests(store: Store, name: string): Promise<void> {
  if (name === '') return
  const prefix = manifestListKeyOf(name)
  const keys = [...(await store.entries(prefix))].map(([key]) => key)
  for (const key of keys) keptIn(store).delete(key)
  if (keys.length === 0) return
  await store.write({ reads: [], plan: () => keys.map(key => ({ key, bytes: undefined })), durable: false })
}

function removalOf(entries: Iterable<StoreEntry>, kept: readonly string[]): readonly Change[] {
  const keys = [...entries].map(([key]) => key)
  const gone = keys.filter(key => key.startsWith(MANIFEST_PREFIX) && !kept.includes(key))
  return gone.map(key => ({ key, bytes: undefined }))
}

/** The list with the new one at its end, and without what is too old. */
function listed({ name, code, writtenAtMs }: MadeBy, before: Uint8Array | undefined): readonly Change[] {
  const key = manifestListKeyOf(name)
  const codes = [...readList(before, key).filter(each => each !== code), code]
  const gone = codes.splice(0, Math.max(0, codes.length - (name === '' ? MOST_NAMELESS : MOST_MANIFESTS)))
  return [
    { key, bytes: sealText(codes.join('\n'), writtenAtMs, key) },
    ...gone.map(each => ({ key: manifestKeyOf(name, each), bytes: undefined })),
  ]
}

function readList(bytes: Uint8Array | undefined, key: string): readonly string[] {
  const text = bytes === undefined ? undefined : openText(bytes, key)
  return text === undefined || text === '' ? [] : text.split('\n')
}
