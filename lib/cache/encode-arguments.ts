import { encode } from '../codec/codec.ts'

/** Arguments that take more than this are not kept with an entry. */
const LARGEST_BYTES = 16 << 10

/** `args`, encoded, to be shown later; undefined where they are large, or cannot be kept. */
export function encodeArguments(args: readonly unknown[]): Uint8Array | undefined {
  if (!isSmall(args)) return undefined
  try {
    const bytes = encode(args)
    return bytes.byteLength <= LARGEST_BYTES ? bytes : undefined
  } catch {
    // Showing them is a convenience: a socket among them is no reason not to keep the result.
    return undefined
  }
}

/** A look from outside, so that large arguments are not encoded in vain. Runs no code of theirs. */
function isSmall(args: readonly unknown[]): boolean {
  let left = LARGEST_BYTES
  const pending: unknown[] = [args]
  const met = new Set<unknown>()
  while (pending.length > 0 && left > 0) {
    const value = pending.pop()
    left -= 1
    if (typeof value === 'object' && met.has(value)) continue
    met.add(value)
    if (typeof value === 'string') left -= value.length
    else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) left -= value.byteLength
    else if (value instanceof Map || value instanceof Set) left -= value.size
    else if (Array.isArray(value)) {
      left -= value.length
      if (left > 0) pending.push(...value)
    } else if (typeof value === 'object' && value !== null) {
      for (const property of Object.values(Object.getOwnPropertyDescriptors(value))) {
        left -= 1
        pending.push(property.value)
      }
    }
  }
  return left > 0
}
