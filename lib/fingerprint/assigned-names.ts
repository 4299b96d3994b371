import { readFileSync, statSync } from 'node:fs'
import { pathOf } from './packages.ts'

/** A larger file is not searched. */
const MOST_BYTES = 2 << 20

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`
const DECLARED = String.raw`(?<!\b(?:const|let|var)\s+)`
/** `n = 1`, `n += 1`, `n++`, but not `const n = 1`, `o.n = 1`, `n === 1` and `n => 1`. */
const ASSIGNED = new RegExp(
  String.raw`${DECLARED}(?<![\p{ID_Continue}$.#])(${NAME})\s*(?:(?:\*\*|<<|>>>?|&&|\|\||\?\?|[-+*/%&|^])?=(?![=>])|\+\+|--)`,
  'gu',
)
const STEPPED = new RegExp(String.raw`(?:\+\+|--)\s*(${NAME})`, 'gu')
const LOOPED = /\bfor\s*(?:await\s*)?\(\s*([^();]*?)\s+(?:of|in)\b/gu
/** Where a pattern may end that is assigned to. */
const PATTERN_END = /[\]}]\s*=(?![=>])/g
const NAMES = new RegExp(NAME, 'gu')
const LONGEST_PATTERN = 5_000
const LONGEST_WORD = 20

const known = new Map<string, ReadonlySet<string> | undefined>()

/**
 * Whether the variable `name`, of any scope of the script at `url`, may be given another value after it was declared: by
 * a look at the text, in whatever language it is written. True where that cannot be told. Reads each file once.
 */
export function mayBeAssigned(name: string, url: string): boolean {
  if (!known.has(url)) known.set(url, namesAssignedAt(url))
  return known.get(url)?.has(name) ?? true
}

function namesAssignedAt(url: string): ReadonlySet<string> | undefined {
  try {
    const path = pathOf(url)
    return statSync(path).size > MOST_BYTES ? undefined : assignedNames(readFileSync(path, 'utf8'))
  } catch {
    // It was evaluated from a text, say.
    return undefined
  }
}

/** The names that `text`, JavaScript or what is compiled to it, may assign to; some more besides. */
export function assignedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const pattern of [ASSIGNED, STEPPED])
    for (const [, name = ''] of text.matchAll(pattern)) names.add(name)
  for (const [, head = ''] of text.matchAll(LOOPED))
    if (!/^(?:const|let|var)\b/.test(head)) addNames(head, names)
  for (const { index } of text.matchAll(PATTERN_END)) {
    const start = openingOf(text, index)
    const before = text.slice(Math.max(0, start - LONGEST_WORD), start)
    // What is declared, and an element of something.
    if (/\b(?:const|let|var)\s*$/.test(before) || /[\p{ID_Continue}$)\]]$/u.test(before)) continue
    addNames(text.slice(start, index), names)
  }
  return names
}

function addNames(text: string, names: Set<string>): void {
  for (const [name] of text.matchAll(NAMES)) names.add(name)
}

/** Where the bracket opens that closes at `end`. */
function openingOf(text: string, end: number): number {
  let depth = 0
  for (let at = end; at >= end - LONGEST_PATTERN; at -= 1) {
    if (text[at] === ']' || text[at] === '}') depth += 1
    if (text[at] === '[' || text[at] === '{') depth -= 1
    if (depth === 0) return at
  }
  return end
}
