import type { ByteWriter } from './byte-writer.ts'
import { writeCyclic } from './cycles.ts'
import type { Encoding } from './encoding.ts'
import { writeTree } from './walk.ts'

/** A value on its way to bytes. */
export interface Task {
  readonly writer: ByteWriter
  readonly value: unknown
  /** What the value is called in an error. */
  readonly root: string
}

/** Writes a value as the encoding says. Throws ERR_CACHE_UNKEYABLE; then what was written so far is to be thrown away. */
export function writeOnce({ writer, value, root }: Task, encoding: Encoding): void {
  const start = writer.length
  if (writeTree(writer, value, root, encoding)) return
  // It contains itself.
  writer.length = start
  encoding.notes.length = 0
  writeCyclic(writer, value as object, root, encoding)
}
