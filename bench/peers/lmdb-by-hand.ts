import { hash } from 'node:crypto'
import { join } from 'node:path'
import { decode, encode } from '@msgpack/msgpack'
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
    const database = await openLmdb(join(folder, 'by-hand.lmdb'))
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
export async function openLmdb(path: string) {
  const { open } = await import('lmdb')
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
