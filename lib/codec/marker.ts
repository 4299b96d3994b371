import { Extension } from './extensions.ts'

const NOTHING = new Uint8Array(0)

/** What the contents of an array are: its first element. */
export function marker(type: number): unknown {
  return new Extension(type, NOTHING)
}
