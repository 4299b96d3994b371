/**
 * How many parameters a function has, if its text shows without a parser that they are names only, and that nothing else
 * can see its arguments; else undefined.
 */
export function simpleParameterCount(source: string): number | undefined {
  if (/\b(?:arguments|eval)\b|\\u/.test(source) || /^class\b/.test(source)) return undefined
  if (SINGLE.test(source)) return 1
  const list = LIST.exec(source)?.[1]
  if (list === undefined) return undefined
  const names = list.split(',').map(name => name.trim())
  // A comma may come after the last.
  if (names.at(-1) === '') names.pop()
  return names.length
}

/** `a => …`, `async a => …` */
const SINGLE = /^(?:async\s+)?[\w$]+\s*=>/
/** From the beginning to the end of the list: names, and nothing else that could hold a parenthesis or a comma. */
const LIST = /^[\w$\s*#]*\(([\w$\s,]*)\)/
