import { types } from 'node:util'
import { Extension } from './extensions.ts'
import { countAt, damaged, expectSize, type Marker, type Raising, resolve } from './raising.ts'
import { type ViewKind, viewKindWithId } from './view-kinds.ts'

export function raiseBuffer(raising: Raising, node: Marker): ArrayBuffer {
  // A buffer cannot be a part of another: always a copy.
  return copyOf(contents(raising, node, 1).bytes)
}

export function raiseView(raising: Raising, node: Marker): ArrayBufferView {
  const kind = kindAt(node)
  const { bytes, attached } = contents(raising, node, 2)
  if (bytes.byteLength % kind.elementBytes !== 0) throw damaged('a view is damaged')
  const { buffer, byteOffset } = bytes
  // Small ones would keep alive a whole file of which they are a part.
  if (!attached || byteOffset % kind.elementBytes !== 0 || types.isSharedArrayBuffer(buffer)) {
    return kind.view(copyOf(bytes), 0, bytes.byteLength)
  }
  return kind.view(buffer, byteOffset, bytes.byteLength)
}

export function raiseViewOn(raising: Raising, node: Marker): ArrayBufferView {
  expectSize(node, 5)
  const kind = kindAt(node)
  const buffer = node[2] instanceof Extension ? resolve(raising, node[2]) : undefined
  const [offset, length] = [countAt(node, 3), countAt(node, 4)]
  if (!types.isArrayBuffer(buffer) || offset + length > buffer.byteLength)
    throw damaged('a view is out of range')
  if (offset % kind.elementBytes !== 0 || length % kind.elementBytes !== 0) throw damaged('a view is damaged')
  return kind.view(buffer, offset, length)
}

function kindAt(node: Marker): ViewKind {
  const kind = viewKindWithId(node[1])
  if (kind === undefined) throw damaged('a kind of view is none of ours')
  return kind
}

/** The bytes that a marker carries from `at` on: inline, or by offset and length among the attachments. */
function contents(raising: Raising, node: Marker, at: number): { bytes: Uint8Array; attached: boolean } {
  const inline = node[at]
  if (inline instanceof Uint8Array) {
    expectSize(node, at + 1)
    return { bytes: inline, attached: false }
  }
  expectSize(node, at + 2)
  const { attached } = raising
  const start = attached.start + countAt(node, at)
  const end = start + countAt(node, at + 1)
  if (end > attached.bytes.byteLength) throw damaged('an attachment is out of range')
  attached.end = Math.max(attached.end, end)
  // Many markers for the same bytes would be a little input for a lot of memory.
  attached.taken += end - start
  if (attached.taken > attached.bytes.byteLength) throw damaged('attachments overlap')
  const bytes = new Uint8Array(attached.bytes.buffer, attached.bytes.byteOffset + start, end - start)
  return { bytes, attached: true }
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.byteLength)
  copy.set(bytes)
  return copy.buffer
}
