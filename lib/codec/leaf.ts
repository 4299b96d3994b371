import { EXTENSION, Extension } from './extensions.ts'
import { isPlainString } from './plain.ts'

const NOTHING = new Uint8Array(0)
const UNDEFINED = new Extension(EXTENSION.UNDEFINED, NOTHING)
const NEGATIVE_ZERO = new Extension(EXTENSION.NEGATIVE_ZERO, NOTHING)

/** What stands for the primitive `value` in a body; undefined for objects, functions and symbols. */
export function lowerLeaf(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return lowerString(value)
    case 'number':
      return Object.is(value, -0) ? NEGATIVE_ZERO : value
    case 'boolean':
      return value
    case 'undefined':
      return UNDEFINED
    case 'bigint':
      return new Extension(EXTENSION.BIGINT, bigintBytes(value))
    case 'object':
      return value === null ? null : undefined
    default:
      return undefined
  }
}

export function lowerString(text: string): unknown {
  return isPlainString(text)
    ? text
    : new Extension(EXTENSION.UTF16, new Uint8Array(Buffer.from(text, 'utf16le')))
}

/** The primitive that the leaf `extension` stands for. Throws on what `lowerLeaf` never wrote. */
export function raiseLeaf({ type, data }: Extension): unknown {
  switch (type) {
    case EXTENSION.UNDEFINED:
      expectLength(data, 0)
      return undefined
    case EXTENSION.NEGATIVE_ZERO:
      expectLength(data, 0)
      return -0
    case EXTENSION.BIGINT:
      return bigintOf(data)
    case EXTENSION.UTF16:
      expectLength(data, data.byteLength & ~1)
      return asBuffer(data).toString('utf16le')
    default:
      throw new RangeError(`extension ${type} is none of ours`)
  }
}

export function expectLength(data: Uint8Array, length: number): void {
  if (data.byteLength !== length) throw new RangeError('an extension has the wrong length')
}

// Sign, then the magnitude in big-endian bytes: hexadecimal is what the engine converts in linear time.
function bigintBytes(value: bigint): Uint8Array {
  const digits = (value < 0n ? -value : value).toString(16)
  const magnitude = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  const bytes = new Uint8Array(1 + magnitude.byteLength)
  bytes[0] = value < 0n ? 1 : 0
  bytes.set(magnitude, 1)
  return bytes
}

function bigintOf(data: Uint8Array): bigint {
  const [sign] = data
  if (data.byteLength < 2 || (sign !== 0 && sign !== 1)) throw new RangeError('a bigint is damaged')
  const magnitude = BigInt(`0x${asBuffer(data.subarray(1)).toString('hex')}`)
  return sign === 1 ? -magnitude : magnitude
}

function asBuffer(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}
