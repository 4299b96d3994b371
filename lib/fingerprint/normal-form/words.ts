/** Every word in a source text that may be the name of a variable, in order of appearance. */
export function wordsIn(source: string): readonly string[] {
  // A name may be spelled with escapes: `\u0061` is `a`.
  const plain = source.includes('\\u') ? source.replace(ESCAPE, decode) : ''
  return [...new Set([...(source.match(WORD) ?? []), ...(plain.match(WORD) ?? [])])]
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu
const ESCAPE = /\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))/g

function decode(escaped: string, braced: string | undefined, plain: string | undefined): string {
  const codePoint = Number.parseInt(braced ?? plain ?? '', 16)
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : escaped
}
