/** One class of views: how it is told, and how one is made. */
export interface ViewKind {
  /** Its number in the format: never given again. */
  readonly id: number
  readonly name: string
  readonly prototype: object
  /** What its byte offset and its byte length are multiples of. */
  readonly elementBytes: number
  readonly view: (buffer: ArrayBuffer, byteOffset: number, byteLength: number) => ArrayBufferView
}

interface TypedArrayClass {
  readonly name: string
  readonly prototype: object
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView
}

function typedArray(id: number, cls: TypedArrayClass): ViewKind {
  const elementBytes = cls.BYTES_PER_ELEMENT
  return {
    id,
    name: cls.name,
    prototype: cls.prototype,
    elementBytes,
    view: (buffer, byteOffset, byteLength) => new cls(buffer, byteOffset, byteLength / elementBytes),
  }
}

// Newer than the oldest Node that is supported.
const { Float16Array } = globalThis as unknown as { Float16Array?: TypedArrayClass }

const KINDS: readonly ViewKind[] = [
  typedArray(1, Int8Array),
  typedArray(2, Uint8Array),
  typedArray(3, Uint8ClampedArray),
  typedArray(4, Int16Array),
  typedArray(5, Uint16Array),
  typedArray(6, Int32Array),
  typedArray(7, Uint32Array),
  typedArray(8, Float32Array),
  typedArray(9, Float64Array),
  typedArray(10, BigInt64Array),
  typedArray(11, BigUint64Array),
  {
    id: 12,
    name: 'DataView',
    prototype: DataView.prototype,
    elementBytes: 1,
    view: (buffer, byteOffset, byteLength) => new DataView(buffer, byteOffset, byteLength),
  },
  {
    id: 13,
    name: 'Buffer',
    prototype: Buffer.prototype,
    elementBytes: 1,
    view: (buffer, byteOffset, byteLength) => Buffer.from(buffer, byteOffset, byteLength),
  },
  ...(Float16Array === undefined ? [] : [typedArray(14, Float16Array)]),
]

const byId = new Map(KINDS.map(kind => [kind.id, kind]))
const byPrototype = new Map(KINDS.map(kind => [kind.prototype, kind]))
const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get

export const VIEW_PROTOTYPES: readonly object[] = KINDS.map(kind => kind.prototype)

/** The kind of `value` by its prototype, if it is one underneath too. */
export function viewKindOf(value: object): ViewKind | undefined {
  const kind = byPrototype.get(Object.getPrototypeOf(value))
  if (kind === undefined || !ArrayBuffer.isView(value)) return undefined
  // Undefined for a DataView; what a typed array is underneath, whatever its prototype.
  const tag: unknown = tagOf?.call(value)
  const expected = kind.name === 'DataView' ? undefined : kind.name === 'Buffer' ? 'Uint8Array' : kind.name
  return tag === expected ? kind : undefined
}

export function viewKindWithId(id: unknown): ViewKind | undefined {
  return typeof id === 'number' ? byId.get(id) : undefined
}
