/** Whether two byte arrays hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && Buffer.compare(a, b) === 0
}

/** The next multiple of 8 at or above `size`: where a Float64Array may begin. */
export function align8(size: number): number {
  return Math.ceil(size / 8) * 8
}
