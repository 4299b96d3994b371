import { ownValue } from '../base/own-value.ts'
import type { ByteWriter } from './byte-writer.ts'
import { Refusal } from './refusal.ts'
import { sha256 } from './sha256.ts'
import { TAG } from './tags.ts'

/** A string of more UTF-16 units than this is hashed where it lies, and counts by its digest. */
const LONG_STRING = 4096
/** Up to this many units are written one by one: faster than a call into the runtime. */
const SHORT_STRING = 32

/** The place of an argument that does not decide the result. Equal to nothing but itself. */
export const IGNORED: unique symbol = Symbol('cachedict.ignored')
/** What is not there. Equal to nothing but itself, not to `undefined`. */
export const ABSENT: unique symbol = Symbol('cachedict.absent')

const WELL_KNOWN = new Map<symbol, string>()
for (const name of Object.getOwnPropertyNames(Symbol)) {
  const value: unknown = ownValue(Symbol, name)
  if (typeof value === 'symbol') WELL_KNOWN.set(value, `Symbol.${name}`)
}

/**
 * Writes `value` if it is no object and no function, and says whether it did. A unique symbol is refused, with a `Refusal`,
 * or written by its description.
 */
export function writeAtom(
  writer: ByteWriter,
  value: unknown,
  uniqueSymbols: 'refuse' | 'describe' = 'refuse',
): boolean {
  switch (typeof value) {
    case 'number':
      writeNumber(writer, value)
      return true
    case 'string':
      writeString(writer, value)
      return true
    case 'boolean':
      writer.uint8(value ? TAG.true : TAG.false)
      return true
    case 'undefined':
      writer.uint8(TAG.undefined)
      return true
    case 'bigint':
      writer.uint8(TAG.bigint)
      writeAscii(writer, (value < 0n ? '-' : '+') + (value < 0n ? -value : value).toString(16))
      return true
    case 'symbol':
      writeSymbol(writer, value, uniqueSymbols)
      return true
    default:
      if (value !== null) return false
      writer.uint8(TAG.null)
      return true
  }
}

/** What a symbol is called in every process, or `undefined` if it is unique. */
export function symbolName(value: symbol): string | undefined {
  return Symbol.keyFor(value) ?? WELL_KNOWN.get(value)
}

const FLOAT = new Float64Array(1)
const FLOAT_BYTES = new Uint8Array(FLOAT.buffer)

function writeNumber(writer: ByteWriter, value: number): void {
  writer.reserve(9)
  const { bytes } = writer
  let at = writer.length
  bytes[at++] = TAG.number
  // Canonical: a NaN may carry any payload, and only this one is written.
  FLOAT[0] = Number.isNaN(value) ? Number.NaN : value
  for (let i = 0; i < 8; i++) bytes[at++] = FLOAT_BYTES[i] as number
  writer.length = at
}

function writeString(writer: ByteWriter, value: string): void {
  if (value.length > LONG_STRING) {
    writeLongString(writer, value)
    return
  }
  writer.reserve(5 + 3 * value.length)
  const start = writer.length
  if (value.length <= SHORT_STRING) {
    const { bytes } = writer
    let at = start + 5
    let units = 0
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i)
      units |= unit
      bytes[at++] = unit
    }
    if (units < 0x80) {
      bytes[start] = TAG.string
      writer.putUint32(start + 1, value.length)
      writer.length = at
      return
    }
  }
  const wellFormed = value.isWellFormed()
  writer.bytes[start] = wellFormed ? TAG.string : TAG.illFormedString
  const size = writer.bytes.write(value, start + 5, wellFormed ? 'utf8' : 'utf16le')
  writer.putUint32(start + 1, size)
  writer.length = start + 5 + size
}

function writeLongString(writer: ByteWriter, value: string): void {
  const wellFormed = value.isWellFormed()
  writer.uint8(wellFormed ? TAG.longString : TAG.longIllFormedString)
  writer.uint32(value.length)
  writer.append(sha256(wellFormed ? value : Buffer.from(value, 'utf16le')))
}

function writeSymbol(writer: ByteWriter, value: symbol, uniqueSymbols: 'refuse' | 'describe'): void {
  if (value === IGNORED || value === ABSENT) {
    writer.uint8(value === IGNORED ? TAG.ignored : TAG.absent)
    return
  }
  const registered = Symbol.keyFor(value)
  const name = registered ?? WELL_KNOWN.get(value)
  if (name === undefined) {
    if (uniqueSymbols === 'refuse')
      throw new Refusal('unique symbol', `(${String(value)}) has no stable identity`)
    writer.uint8(TAG.uniqueSymbol)
    writeAtom(writer, value.description)
    return
  }
  writer.uint8(registered === undefined ? TAG.wellKnownSymbol : TAG.registeredSymbol)
  writeString(writer, name)
}

function writeAscii(writer: ByteWriter, text: string): void {
  writer.uint32(text.length)
  writer.reserve(text.length)
  writer.length += writer.bytes.write(text, writer.length, 'latin1')
}
