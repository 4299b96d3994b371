import { writeAtom } from './atoms.ts'
import type { ByteWriter } from './byte-writer.ts'
import { type Encoding, placeNotes } from './encoding.ts'
import { knownBytes, remember } from './known-values.ts'
import { Refusal, unkeyable } from './refusal.ts'
import { sha256 } from './sha256.ts'
import { COLLAPSE_BYTES, childStep, type Shape, writeHeader } from './shape.ts'
import { shapeOf } from './shape-of.ts'
import { TAG } from './tags.ts'

interface Frame {
  readonly object: object
  readonly shape: Shape
  /** Where the bytes of the object begin. */
  readonly start: number
  /** Whether it was met, and left, before. */
  readonly again: boolean
  /** The child to write next. */
  next: number
  /** Where each entry of the bag begins, until they are sorted. */
  bag: number[] | undefined
}

const OPEN = 0
const LEFT = 1
/** Objects by how far they are: being written, written once, or their bytes, kept when they are written again. */
type States = Map<object, typeof OPEN | typeof LEFT | Uint8Array>

/**
 * Writes `value` as a tree, children before what encloses them is finished, without recursion.
 * Gives false, with what was written to be thrown away, if `value` contains itself.
 */
export function writeTree(writer: ByteWriter, value: unknown, root: string, encoding: Encoding): boolean {
  const stack: Frame[] = []
  try {
    return writeAtom(writer, value, encoding.uniqueSymbols) || walk(writer, value as object, stack, encoding)
  } catch (error) {
    if (error instanceof Refusal) throw unkeyable(error, pathOf(stack, root))
    throw error
  }
}

function walk(writer: ByteWriter, value: object, stack: Frame[], encoding: Encoding): boolean {
  const states: States = new Map()
  const known = knownBytes(value)
  if (known !== undefined) {
    writer.append(known)
    return true
  }
  const enter = (object: object): Frame => {
    const opened = open(writer, object, states, encoding)
    if (encoding.unplaced.length > 0) placeNotes(encoding, pathOf(stack, ''))
    stack.push(opened)
    return opened
  }
  let frame = enter(value)
  for (;;) {
    const child = nextObject(writer, frame, encoding)
    if (child === undefined) {
      close(writer, frame, states)
      stack.pop()
      const parent = stack.at(-1)
      if (parent === undefined) return true
      frame = parent
      continue
    }
    const state = states.get(child)
    if (state === OPEN) return false
    const bytes = state === undefined || state === LEFT ? knownBytes(child) : state
    if (bytes === undefined) frame = enter(child)
    else writer.append(bytes)
  }
}

function open(writer: ByteWriter, object: object, states: States, encoding: Encoding): Frame {
  const shape = shapeOf(object, encoding)
  const again = states.has(object)
  states.set(object, OPEN)
  const start = writer.length
  writeHeader(writer, shape)
  return { object, shape, start, again, next: 0, bag: undefined }
}

/** Writes the children of the frame up to the next that is an object, and gives that one. */
function nextObject(writer: ByteWriter, frame: Frame, { uniqueSymbols }: Encoding): object | undefined {
  const { children, items, entries, entrySize, names } = frame.shape
  const fields = items + entries * entrySize
  while (frame.next < children.length) {
    const index = frame.next++
    if (index >= fields) {
      if (frame.bag !== undefined) sortBag(writer, frame)
      writeAtom(writer, names[index - fields], uniqueSymbols)
    } else if (index >= items && (index - items) % entrySize === 0) {
      frame.bag ??= []
      frame.bag.push(writer.length)
    }
    const child = children[index]
    if (!writeAtom(writer, child, uniqueSymbols)) return child as object
  }
  return undefined
}

function close(writer: ByteWriter, frame: Frame, states: States): void {
  if (frame.bag !== undefined) sortBag(writer, frame)
  if (writer.length - frame.start > COLLAPSE_BYTES) {
    const digest = sha256(writer.since(frame.start))
    writer.length = frame.start
    writer.uint8(TAG.digest)
    writer.append(digest)
  }
  remember(frame.object, writer, frame.start)
  // Kept at the second visit only: most objects are met once, and need no copy.
  states.set(frame.object, frame.again ? Uint8Array.prototype.slice.call(writer.since(frame.start)) : LEFT)
}

function sortBag(writer: ByteWriter, frame: Frame): void {
  const starts = frame.bag as number[]
  frame.bag = undefined
  if (starts.length < 2) return
  const begin = starts[0] as number
  // A copy: the sorted entries are written over the ones they are read from.
  const source = Buffer.from(writer.since(begin))
  const entries = starts.map((start, i) =>
    source.subarray(start - begin, (starts[i + 1] ?? writer.length) - begin),
  )
  entries.sort(Buffer.compare)
  writer.length = begin
  for (const entry of entries) writer.append(entry)
}

function pathOf(stack: readonly Frame[], root: string): string {
  return root + stack.map(frame => (frame.next === 0 ? '' : childStep(frame.shape, frame.next - 1))).join('')
}
