import type { Decoder, Encoder } from '@msgpack/msgpack'
import { loadPackage } from '../base/load-package.ts'
import { MAX_BODY_DEPTH } from './body.ts'
import { Extension } from './extensions.ts'

/** Beyond this, what the shared encoder and decoder hold on to is let go after use. */
const KEPT_BYTES = 1 << 20

// Extension data goes through as it is: `lower` and `raise` alone know what it means.
const extensionCodec = {
  tryToEncode: (value: unknown) => (value instanceof Extension ? value : null),
  decode: (data: Uint8Array, type: number) => new Extension(type, data),
}
// One of each for all calls, which is what makes small values fast. No code of the user runs while they
// work: accessors and proxies have been refused before, and custom encoders and decoders run outside.
let encoder: Encoder | undefined
let decoder: Decoder | undefined
const NIL = Uint8Array.of(0xc0)

function library(): typeof import('@msgpack/msgpack') {
  return loadPackage('@msgpack/msgpack') as typeof import('@msgpack/msgpack')
}

/** `tree` as MessagePack, after `prefixBytes` zero bytes of room, in an array of its own. */
export function pack(tree: unknown, prefixBytes: number): Uint8Array {
  const body = encodeShared(tree)
  const bytes = new Uint8Array(prefixBytes + body.byteLength)
  bytes.set(body, prefixBytes)
  return bytes
}

/** `tree` as MessagePack, to be copied before the next call. */
export function encodeShared(tree: unknown): Uint8Array {
  encoder ??= new (library().Encoder)({ extensionCodec, maxDepth: MAX_BODY_DEPTH })
  const body = encoder.encodeSharedRef(tree)
  // A large buffer goes with its bytes instead of staying with the encoder.
  if (body.buffer.byteLength > KEPT_BYTES) encoder = undefined
  return body
}

/** The tree in MessagePack `bytes`, which `checkBody` has found sound. Byte strings in it are views onto `bytes`. */
export function unpack(bytes: Uint8Array): unknown {
  decoder ??= new (library().Decoder)({ extensionCodec })
  try {
    return decoder.decode(bytes)
  } finally {
    // The decoder remembers its last input, which may be a small part of a large file.
    if (bytes.buffer.byteLength > KEPT_BYTES) decoder.decode(NIL)
  }
}
