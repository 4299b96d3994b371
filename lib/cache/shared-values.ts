import { equalBytes } from '../base/bytes.ts'
import { freezeWhole } from '../codec/freeze.ts'
import { noteWhollyFrozen } from '../keys/known-values.ts'

interface Shared {
  readonly bytes: Uint8Array
  readonly value: unknown
}

/** Decoded values that are given out more than once: only such as the language can freeze whole. */
export class SharedValues {
  readonly #values = new Map<string, Shared>()
  readonly #most: number

  /** Remembers at most `most` values; the oldest goes first. */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most
  }

  /** The value that was shared under `key`, whatever its bytes. */
  get(key: string): Shared | undefined {
    return this.#values.get(key)
  }

  /**
   * The value of `bytes`, deeply frozen, and the same object each time as long as the bytes are the same; where it
   * cannot be frozen whole, a fresh one.
   */
  open(key: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): unknown {
    const known = this.#values.get(key)
    if (known !== undefined && equalBytes(known.bytes, bytes)) return known.value
    const value = decode(bytes)
    this.#values.delete(key)
    if (!freezeWhole(value)) return value
    // Whoever passes it on, or captures it, does not have it hashed again.
    if (typeof value === 'object' && value !== null) noteWhollyFrozen(value)
    this.#values.set(key, { bytes, value })
    if (this.#values.size > this.#most) this.#values.delete(this.#values.keys().next().value!)
    return value
  }

  forget(key: string): void {
    this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }
}
