/**
 * How deep arrays and maps may lie within one another in a body. `lower` hoists what lies deeper than
 * `MAX_DEPTH`, so the rest of the room is for markers; recursion over a checked body is bounded by it.
 */
export const MAX_BODY_DEPTH = 100
export const MAX_DEPTH = 64

/**
 * Whether `bytes` are exactly one MessagePack value in which every length is borne out by the bytes that
 * follow, none deeper than `MAX_BODY_DEPTH`, with binary and extension types only where `extended`.
 *
 * The decoder allocates an array by the length that it reads, before it reads the elements: a few hundred
 * kilobytes of nested headers would make it ask for terabytes. So nothing is decoded that was not walked first.
 */
export function isSoundBody(bytes: Uint8Array, extended: boolean): boolean {
  const end = bytes.byteLength
  const left: number[] = []
  let here = 1
  let at = 0
  for (;;) {
    while (here === 0) {
      const outer = left.pop()
      if (outer === undefined) return at === end
      here = outer
    }
    if (at >= end) return false
    const head = bytes[at++] as number
    here--
    let children = 0
    if (head < 0x80 || head >= 0xe0) continue
    if (head < 0x90) children = 2 * (head - 0x80)
    else if (head < 0xa0) children = head - 0x90
    else if (head < 0xc0) at += head - 0xa0
    else {
      const shape = SHAPES[head - 0xc0] as Shape
      if (shape.kind === 'none' || (shape.kind === 'extended' && !extended)) return false
      let length = shape.fixed
      if (shape.lengthBytes > 0) {
        if (at + shape.lengthBytes > end) return false
        let read = 0
        for (let i = 0; i < shape.lengthBytes; i++) read = read * 256 + (bytes[at++] as number)
        if (shape.kind === 'array') children = read
        else if (shape.kind === 'map') children = 2 * read
        else length += read
      }
      at += length
    }
    if (children > 0) {
      if (left.length === MAX_BODY_DEPTH) return false
      left.push(here)
      here = children
    }
  }
}

interface Shape {
  readonly kind: 'none' | 'plain' | 'extended' | 'array' | 'map'
  /** Bytes that always follow, the type byte of an extension among them. */
  readonly fixed: number
  /** How many bytes, after the head, tell the length of the rest. */
  readonly lengthBytes: number
}

/** What follows each head byte from 0xc0 to 0xdf. */
const SHAPES: readonly Shape[] = [
  ['plain', 0, 0], // nil
  ['none', 0, 0], // never used
  ['plain', 0, 0], // false
  ['plain', 0, 0], // true
  ['extended', 0, 1], // bin 8
  ['extended', 0, 2],
  ['extended', 0, 4],
  ['extended', 1, 1], // ext 8
  ['extended', 1, 2],
  ['extended', 1, 4],
  ['plain', 4, 0], // float 32
  ['plain', 8, 0], // float 64
  ['plain', 1, 0], // uint 8
  ['plain', 2, 0],
  ['plain', 4, 0],
  ['plain', 8, 0],
  ['plain', 1, 0], // int 8
  ['plain', 2, 0],
  ['plain', 4, 0],
  ['plain', 8, 0],
  ['extended', 2, 0], // fixext 1
  ['extended', 3, 0],
  ['extended', 5, 0],
  ['extended', 9, 0],
  ['extended', 17, 0],
  ['plain', 0, 1], // str 8
  ['plain', 0, 2],
  ['plain', 0, 4],
  ['array', 0, 2],
  ['array', 0, 4],
  ['map', 0, 2],
  ['map', 0, 4],
].map(([kind, fixed, lengthBytes]) => ({ kind, fixed, lengthBytes }) as Shape)
