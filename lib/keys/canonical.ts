import { ByteWriter } from './byte-writer.ts'
import type { Policy } from './policy.ts'
import { sha256Hex } from './sha256.ts'
import { FORMAT } from './tags.ts'
import { writeValue } from './write-value.ts'

export interface CanonicalOptions {
  /** What the value is called in the path of an error: `args`. Default `key`. */
  readonly root?: string
  /** How functions, accessors and live things count. Without one, functions count by their text, and the others are refused. */
  readonly policy?: Policy
}

/** A larger scratch buffer is given back after use. */
const KEEP_BYTES = 1 << 20

const scratch = new ByteWriter()
let busy = false

/**
 * Bytes that are the same for equal values, in every process, and for no others: tag, length, content, of any depth.
 * Large contents count by their sha256. Throws `ERR_CACHE_UNKEYABLE`, with the path, for what has no stable identity.
 * Costs about a microsecond for a small value; runs no code of the value's own (no getter, no toJSON, no iterator).
 *
 * Equal are values of one structure: what is shared and what is copied does not matter, nor does the order of
 * properties, of Map entries and of Set values. Of objects, the enumerable own properties count.
 */
export function canonicalBytes(value: unknown, options?: CanonicalOptions): Uint8Array {
  return withWriter(writer => {
    writeValue(writer, value, options?.root ?? 'key', options?.policy)
    return new Uint8Array(writer.since(0))
  })
}

/** The sha256 of the canonical bytes of `value`, as 64 hexadecimal digits. */
export function digest(value: unknown, options?: CanonicalOptions): string {
  return withWriter(writer => {
    writeValue(writer, value, options?.root ?? 'key', options?.policy)
    return sha256Hex(writer.since(0))
  })
}

/** Runs `write` over a writer that holds the format and nothing else. It is used again: the result must not refer to it. */
export function withWriter<T>(write: (writer: ByteWriter) => T): T {
  // A getter that is named in `fields` may call a cached function: then there are two at a time.
  const writer = busy ? new ByteWriter() : scratch
  const wasBusy = busy
  busy = true
  try {
    writer.uint8(FORMAT)
    return write(writer)
  } finally {
    busy = wasBusy
    writer.reset(KEEP_BYTES)
  }
}
