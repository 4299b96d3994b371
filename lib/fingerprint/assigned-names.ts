import { readFileSync, statSync } from 'node:fs'
import { pathOf } from './packages.ts'

/** A larger file is not searched. */
const MOST_BYTES = 2 << 20

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`
/** What may stand between two words: comments, too. Each text matches in one way only, and ends: else it would take for ever. */
const GAP = String.raw`(?:\s|/\*(?:[^*]|\*(?!/)){0,5000}\*/|//[^\n]*\n){0,99}`
const DECLARED = String.raw`(?<!\b(?:const|let|var)\s{1,20})`
const ASSIGNING = String.raw`(?:\*\*|<<|>>>?|&&|\|\||\?\?|[-+*/%&|^])?=(?![=>])|\+\+|--`
/** `n = 1`, `n += 1`, `n++`, `n! = 1`, but not `const n = 1`, `o.n = 1`, `n === 1` and `n => 1`. */
const ASSIGNED = new RegExp(
  String.raw`(?=[\p{ID_Start}$_])(?<![\p{ID_Continue}$.#])${DECLARED}(${NAME})!?${GAP}(?:${ASSIGNING})`,
  'gu',
)
const STEPPED = new RegExp(String.raw`(?:\+\+|--)${GAP}(?:(${NAME})|\(([^()]{0,999})\))`, 'gu')
const LOOPED = /\bfor\s{0,9}(?:await\s{0,9})?\(([^();]{1,999}?)\s(?:of|in)\b/g
/** Where a pattern may end that is assigned to, or something in parentheses. */
const BRACKET_END = new RegExp(String.raw`[\]})]${GAP}(?:${ASSIGNING})`, 'g')
const NAMES = new RegExp(NAME, 'gu')
const LONGEST_PATTERN = 1_000
const LONGEST_WORD = 20

interface Words {
  readonly all: ReadonlySet<string>
  readonly assigned: ReadonlySet<string>
}

const known = new Map<string, Words | undefined>()

/**
 * Whether the variable `name`, of any scope of the script at `url`, may be given another value after it was declared: by
 * a look at the text, in whatever language it is written. True where that cannot be told: a compiler has given it
 * another name. Reads each file once.
 */
export function mayBeAssigned(name: string, url: string): boolean {
  if (!known.has(url)) known.set(url, wordsAt(url))
  const words = known.get(url)
  return words === undefined || words.assigned.has(name) || !words.all.has(name)
}

function wordsAt(url: string): Words | undefined {
  try {
    const path = pathOf(url)
    return statSync(path).size > MOST_BYTES ? undefined : wordsIn(readFileSync(path, 'utf8'))
  } catch {
    // It was evaluated from a text, say.
    return undefined
  }
}

function wordsIn(text: string): Words {
  const all = new Set<string>()
  addNames(text, all)
  return { all, assigned: assignedNames(text) }
}

/** The names that `text`, JavaScript or what is compiled to it, may assign to; some more besides. */
export function assignedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(ASSIGNED)) names.add(name)
  for (const [, name = '', words = ''] of text.matchAll(STEPPED)) addNames(`${name} ${words}`, names)
  for (const [, head = ''] of text.matchAll(LOOPED))
    if (!/^\s*(?:const|let|var)\b/.test(head)) addNames(head, names)
  for (const { index } of text.matchAll(BRACKET_END)) {
    const start = openingOf(text, index)
    const before = text.slice(Math.max(0, start - LONGEST_WORD), start)
    // What is declared, an element of something, and what is called.
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
    const letter = text[at] ?? ''
    if (']})'.includes(letter)) depth += 1
    if ('[{('.includes(letter)) depth -= 1
    if (depth === 0) return at
  }
  return end
}
