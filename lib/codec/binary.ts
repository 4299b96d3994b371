import { types } from 'node:util'
import type { Attachments } from './attachments.ts'
import { EXTENSION } from './extensions.ts'
import { asHolder, fillSlot, hoist, type Lowering, referenceTo, type Slot } from './lowering.ts'
import { marker } from './marker.ts'
import { refuseOwnProperties, refuseOwnProperty } from './own-property.ts'
import { unencodable } from './place.ts'
import { hasOnlyOwnElements } from './plain.ts'
import { type ViewKind, viewKindOf } from './view-kinds.ts'

/** From this size on, bytes lie outside the body, aligned, and are viewed instead of copied when decoded. */
const ATTACHED_BYTES = 4096

/** Notes an ArrayBuffer or a view of one; `finishBinaries` writes it when all are known. */
export function lowerBinary(lowering: Lowering, slot: Slot, value: object): void {
  const binary = value as ArrayBuffer | ArrayBufferView
  const buffer = ArrayBuffer.isView(binary) ? binary.buffer : binary
  if (types.isSharedArrayBuffer(buffer)) {
    throw unencodable(slot, {
      type: 'SharedArrayBuffer',
      because: 'its memory is a SharedArrayBuffer, and what it is shared with cannot be restored',
      todo: 'Give a copy: slice().',
    })
  }
  if (buffer.resizable) {
    throw unencodable(slot, {
      type: 'resizable ArrayBuffer',
      because: 'its memory is a resizable ArrayBuffer, and that it is would be lost',
      todo: 'Give a copy: slice().',
    })
  }
  if (isDetached(buffer)) {
    throw unencodable(slot, {
      type: 'detached ArrayBuffer',
      because: 'its memory was transferred away, and nothing is left of it',
      todo: 'Keep it before it is transferred.',
    })
  }
  refuseExtras(slot, binary)
  fillSlot(slot, [])
  lowering.binaries.push({ slot, value: binary })
}

/**
 * Writes what `lowerBinary` noted. Views that share an ArrayBuffer with one another, or with itself as part of the
 * value, go on sharing it; a view by itself keeps the bytes that it shows and no others.
 */
export function finishBinaries(lowering: Lowering, attachments: Attachments): void {
  const groups = new Map<ArrayBufferLike, Lowering['binaries']>()
  for (const binary of lowering.binaries) {
    const buffer = ArrayBuffer.isView(binary.value) ? binary.value.buffer : binary.value
    const group = groups.get(buffer)
    if (group === undefined) groups.set(buffer, [binary])
    else group.push(binary)
  }
  for (const [buffer, group] of groups) {
    const whole = group.find(({ value }) => !ArrayBuffer.isView(value))
    const sharers = group.filter(({ value }) => ArrayBuffer.isView(value) && !isPooled(value))
    const shared = sharers.length > 1 || (whole !== undefined && sharers.length > 0)
    const reference = shared ? hoistBuffer(lowering, buffer, whole?.slot, attachments) : undefined
    for (const { slot, value } of group) {
      if (!ArrayBuffer.isView(value)) {
        if (reference === undefined) writeBuffer(slot.node as unknown[], buffer, attachments)
        continue
      }
      const { id } = viewKindOf(value) as ViewKind
      const node = slot.node as unknown[]
      if (reference !== undefined && !isPooled(value)) {
        node.push(marker(EXTENSION.VIEW_ON), id, reference, value.byteOffset, value.byteLength)
      } else {
        node.push(marker(EXTENSION.VIEW), id)
        writeBytes(node, new Uint8Array(buffer, value.byteOffset, value.byteLength), attachments)
      }
    }
  }
}

function hoistBuffer(
  lowering: Lowering,
  buffer: ArrayBufferLike,
  slot: Slot | undefined,
  attachments: Attachments,
): unknown {
  if (slot !== undefined) {
    if (slot.reference === undefined) hoist(lowering, slot)
    writeBuffer(slot.node as unknown[], buffer, attachments)
    return slot.reference
  }
  const node: unknown[] = []
  asHolder(lowering.table)[lowering.table.length] = node
  writeBuffer(node, buffer, attachments)
  return referenceTo(lowering.table.length - 1)
}

function writeBuffer(node: unknown[], buffer: ArrayBufferLike, attachments: Attachments): void {
  node.push(marker(EXTENSION.ARRAY_BUFFER))
  writeBytes(node, new Uint8Array(buffer), attachments)
}

function writeBytes(node: unknown[], bytes: Uint8Array, attachments: Attachments): void {
  if (bytes.byteLength < ATTACHED_BYTES) node.push(bytes)
  else node.push(attachments.add(bytes), bytes.byteLength)
}

// Node cuts small Buffers from a common pool: the neighbours are other people's secrets.
function isPooled(view: ArrayBufferView): boolean {
  return Object.getPrototypeOf(view) === Buffer.prototype && view.buffer.byteLength === Buffer.poolSize
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer)
    return false
  } catch {
    return true
  }
}

function refuseExtras(slot: Slot, binary: ArrayBuffer | ArrayBufferView): void {
  const kind = viewKindOf(binary)
  if (kind === undefined || kind.name === 'DataView') {
    refuseOwnProperties(slot, binary, kind?.name ?? 'ArrayBuffer')
  } else if (!hasOnlyOwnElements(binary, binary.byteLength / kind.elementBytes)) {
    const extra = Reflect.ownKeys(binary).find(key => typeof key === 'symbol' || Number.isNaN(Number(key)))
    throw refuseOwnProperty(slot, extra ?? 'unknown', kind.name)
  }
}
