import { align8 } from '../base/bytes.ts'

/** Large binary contents on their way into the encoded bytes: gathered, then written once. */
export class Attachments {
  readonly #parts: { readonly offset: number; readonly bytes: Uint8Array }[] = []
  /** From the first attachment to the end of the last. */
  sizeBytes = 0

  /** Takes `bytes`, without a copy yet, and gives their offset from the first attachment: a multiple of 8. */
  add(bytes: Uint8Array): number {
    const offset = align8(this.sizeBytes)
    this.#parts.push({ offset, bytes })
    this.sizeBytes = offset + bytes.byteLength
    return offset
  }

  writeTo(target: Uint8Array, start: number): void {
    for (const { offset, bytes } of this.#parts) target.set(bytes, start + offset)
  }
}
