import { hash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { decode, encode } from '@msgpack/msgpack'
import type { RootDatabase } from 'lmdb'
import type { Peer } from './peer.ts'

/**
 * The floor: the engine below `x.lmdb`, used as carefully as it takes to survive killed writers, and with nothing around
 * it. No code of functions, no checksum, no lease.
 */
export const lmdbByHand: Peer = {
  name: 'lmdb by hand',
  note: 'sha256 of JSON.stringify(args), MessagePack; synced',
  modules: ['lmdb'],
  async open(folder) {
    const database = openLmdb(join(folder, 'by-hand.lmdb'))
    return {
      get: key => {
        const bytes = database.getBinary(keyOf(key))
        return bytes === undefined ? undefined : decode(bytes)
      },
      set: (key, value) => database.putSync(keyOf(key), encode(value)),
      setMany: entries => {
        database.transactionSync(() => {
          for (const [key, value] of Object.entries(entries)) database.putSync(keyOf(key), encode(value))
        })
      },
      save: () => {},
      close: () => database.close(),
    }
  },
}

/** A database of bytes under bytes. */
export function openLmdb(path: string): RootDatabase<Uint8Array, Uint8Array> {
  // The same copy of it as cachedict's: the package has another for `import`.
  const { open } = createRequire(import.meta.url)('lmdb') as typeof import('lmdb')
  // With overlapping syncs, one killed writer makes the next write of every other process fail.
  return open<Uint8Array, Uint8Array>({
    path,
    overlappingSync: false,
    keyEncoding: 'binary',
    encoding: 'binary',
  })
}

function keyOf(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
