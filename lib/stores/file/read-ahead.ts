import { readBytes } from '../../files/log-file.ts'

/** Reads a file that does not change, in pieces, for whoever goes through it in order. */
export class ReadAhead {
  readonly #pieceBytes: number
  #start = 0
  #piece: Buffer = Buffer.alloc(0)

  constructor(pieceBytes: number) {
    this.#pieceBytes = pieceBytes
  }

  /** `length` bytes at `offset` of the file `fd`, good until the next call. */
  view(fd: number, offset: number, length: number): Buffer {
    const end = offset + length
    if (offset < this.#start || end > this.#start + this.#piece.length) {
      this.#start = offset
      this.#piece = readBytes(fd, offset, Math.max(length, this.#pieceBytes))
    }
    return this.#piece.subarray(offset - this.#start, end - this.#start)
  }
}
