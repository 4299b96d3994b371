import type { StoreEntry } from '../../stores/store.ts'
import { isManifestKey } from './manifest-key.ts'
import { writtenAtMsOf } from './sealed-text.ts'

/** Which part of a store manifests may take: they must not crowd out what they are about. */
const SHARE = 1 / 16

/** How much the manifests of a store of `maxBytes` may take together. */
export function mostManifestBytes(maxBytes = Number.POSITIVE_INFINITY): number {
  return maxBytes * SHARE
}

/** The oldest of the manifests among `entries`, so that the rest takes at most `mostBytes`. */
export function surplusManifests(entries: Iterable<StoreEntry>, mostBytes: number): readonly string[] {
  const manifests: { readonly key: string; readonly sizeBytes: number; readonly atMs: number }[] = []
  let left = mostBytes
  for (const [key, bytes] of entries) {
    if (!isManifestKey(key)) continue
    manifests.push({ key, sizeBytes: bytes.byteLength, atMs: writtenAtMsOf(bytes) })
    left -= bytes.byteLength
  }
  const surplus: string[] = []
  for (const { key, sizeBytes } of manifests.sort((a, b) => a.atMs - b.atMs)) {
    if (left >= 0) break
    surplus.push(key)
    left += sizeBytes
  }
  return surplus
}
