const INITIAL_BYTES = 16 * 1024

/** Bytes that grow at the end, and can be cut back to an earlier length. */
export class ByteWriter {
  bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES)
  length = 0

  /** Makes room for `size` more bytes. */
  reserve(size: number): void {
    const needed = this.length + size
    if (needed <= this.bytes.length) return
    const bytes = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
    this.bytes.copy(bytes, 0, 0, this.length)
    this.bytes = bytes
  }

  uint8(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  uint32(value: number): void {
    this.reserve(4)
    this.putUint32(this.length, value)
    this.length += 4
  }

  /** Overwrites 4 bytes at `offset`, which must be reserved. */
  putUint32(offset: number, value: number): void {
    const { bytes } = this
    bytes[offset] = value
    bytes[offset + 1] = value >>> 8
    bytes[offset + 2] = value >>> 16
    bytes[offset + 3] = value >>> 24
  }

  append(source: Uint8Array): void {
    this.reserve(source.length)
    this.bytes.set(source, this.length)
    this.length += source.length
  }

  /** The bytes from `start` on: a view, good until the next write. */
  since(start: number): Buffer {
    return this.bytes.subarray(start, this.length)
  }

  /** Everything that was written, each byte as one character: a string is found in a map where bytes are not. */
  text(): string {
    return this.bytes.toString('latin1', 0, this.length)
  }

  /** Forgets what was written; gives memory back once it outgrew `keepBytes`. */
  reset(keepBytes: number): void {
    this.length = 0
    if (this.bytes.length > keepBytes) this.bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES)
  }
}
