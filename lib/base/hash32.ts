/**
 * MurmurHash3 (x86, 32 bits; Austin Appleby, public domain) of `bytes` between `from` and `to`. It guards headers against
 * damage and finds keys; it is no protection against an adversary. Any change within one aligned 4-byte word changes the
 * result.
 */
export function hash32(bytes: Uint8Array, seed: number, from = 0, to = bytes.length): number {
  const length = to - from
  const end = from + (length & ~3)
  let hash = seed | 0
  for (let at = from; at < end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    hash = mixWord(hash, word)
  }
  let tail = 0
  for (let at = to - 1; at >= end; at -= 1) tail = (tail << 8) | bytes[at]!
  if (end < to) hash ^= scramble(tail)
  return finish(hash ^ length)
}

/** The same hash of 32-bit words that are at hand as numbers. */
export function hashWords(seed: number, ...words: readonly number[]): number {
  let hash = seed | 0
  for (let at = 0; at < words.length; at += 1) hash = mixWord(hash, words[at]!)
  return finish(hash ^ (words.length * 4))
}

/** The same hash of the UTF-16 code units of `text`, each as one word. */
export function hashText(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at += 1) hash = mixWord(hash, text.charCodeAt(at))
  return finish(hash ^ (text.length * 4))
}

function mixWord(hash: number, word: number): number {
  const mixed = hash ^ scramble(word)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

function scramble(word: number): number {
  const spread = Math.imul(word, 0xcc9e2d51)
  return Math.imul((spread << 15) | (spread >>> 17), 0x1b873593)
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
