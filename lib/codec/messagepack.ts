import { Decoder, Encoder, ExtData } from '@msgpack/msgpack'
import { MAX_BODY_DEPTH } from './body.ts'

/** Beyond this, what the shared encoder and decoder hold on to is let go after use. */
const KEPT_BYTES = 1 << 20

// Extension data goes through as it is: `lower` and `raise` alone know what it means.
const extensionCodec = {
  tryToEncode: (value: unknown) => (value instanceof ExtData ? value : null),
  decode: (data: Uint8Array, type: number) => new ExtData(type, data),
}
const newEncoder = () => new Encoder({ extensionCodec, maxDepth: MAX_BODY_DEPTH })

// One of each for all calls, which is what makes small values fast. No code of the user runs while they
// work: accessors and proxies have been refused before, and custom encoders and decoders run outside.
let encoder = newEncoder()
const decoder = new Decoder({ extensionCodec })
const NIL = Uint8Array.of(0xc0)

/** `tree` as MessagePack, after `prefixBytes` zero bytes of room, in an array of its own. */
export function pack(tree: unknown, prefixBytes: number): Uint8Array {
  return packWith(tree, size => ({ start: prefixBytes, totalBytes: prefixBytes + size }))
}

/** `tree` as MessagePack within a zeroed array of its own, where and how large `layout` says for its size. */
export function packWith(
  tree: unknown,
  layout: (sizeBytes: number) => { start: number; totalBytes: number },
): Uint8Array {
  try {
    const body = encoder.encodeSharedRef(tree)
    const { start, totalBytes } = layout(body.byteLength)
    const bytes = new Uint8Array(totalBytes)
    bytes.set(body, start)
    if (body.buffer.byteLength > KEPT_BYTES) encoder = newEncoder()
    return bytes
  } catch (error) {
    encoder = newEncoder()
    throw error
  }
}

/** The tree in MessagePack `bytes`, which `checkBody` has found sound. Byte strings in it are views onto `bytes`. */
export function unpack(bytes: Uint8Array): unknown {
  try {
    return decoder.decode(bytes)
  } finally {
    // The decoder remembers its last input, which may be a small part of a large file.
    if (bytes.buffer.byteLength > KEPT_BYTES) decoder.decode(NIL)
  }
}
