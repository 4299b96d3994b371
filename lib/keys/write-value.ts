import type { ByteWriter } from './byte-writer.ts'
import { type Encoding, encodingFor, tellNotes } from './encoding.ts'
import type { Policy } from './policy.ts'
import { writeOnce } from './write-once.ts'
import { writeWithStandIns } from './write-with-stand-ins.ts'

/** Writes one value of those that make up a key; `root` is what it is called in an error. Throws ERR_CACHE_UNKEYABLE. */
export function writeValue(writer: ByteWriter, value: unknown, root: string, policy?: Policy): void {
  const encoding: Encoding = encodingFor(policy)
  if (policy?.handles === 'stand-in') writeWithStandIns({ writer, value, root }, policy)
  else {
    writeOnce({ writer, value, root }, encoding)
    tellNotes(encoding)
  }
}
