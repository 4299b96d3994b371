/** What a module says that it loads. */
export interface Specifiers {
  /** Every text that may name a module: also those in comments, which do no harm. Sorted. */
  readonly names: readonly string[]
  /** Those of them that stand in code, as far as that can be told: only these are worth a complaint when they lead nowhere. */
  readonly certain: ReadonlySet<string>
  /** Whether what is loaded is computed somewhere. */
  readonly isComputed: boolean
}

/** Blanks, line ends and comments, which may stand between any two words; long comments where they are known to be some. */
const GAP = String.raw`(?:\s|/\*(?:[^*]|\*(?!/)){0,500}\*/|//[^\n]{0,500}\n)*`
const QUOTED = String.raw`(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')`
const TEXT = String.raw`(?:${QUOTED}|${'`'}((?:[^${'`'}\\$]|\\.|\$(?!\{))*)${'`'})`
const START = String.raw`(?<![\w$])`

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`. */
const DECLARED = new RegExp(`${START}(?:from|import)${GAP}${QUOTED}`, 'g')
/** `import('x')`, `require('x')`, `require.resolve('x')`. */
const CALLED = new RegExp(
  String.raw`${START}(?:import|require(?:${GAP}\.${GAP}resolve)?)${GAP}\(${GAP}${TEXT}`,
  'g',
)
/** A path to code, wherever it stands: of a worker, or for a `require` of another name. */
const PATHS = /(["'`])(\.{1,2}\/[^"'`\\\n]*\.[cm]?[jt]sx?)\1/g
/** A call with anything but a text that stands alone. */
const COMPUTED = new RegExp(
  String.raw`(?<![\w$.]|function\s{0,9}|\*\s{0,9})(?:import|require)${GAP}\((?!${GAP}(?:${TEXT}${GAP}[,)]|\)))`,
)

/**
 * Finds what the source of a module, JavaScript or TypeScript, imports and requires by name. It looks for words and does not
 * parse: what it finds too much costs little, and it misses nothing that is written in one piece.
 */
export function specifiersOf(source: string): Specifiers {
  const code = withoutComments(source)
  const certain = new Set(declaredAndCalled(code))
  const names = new Set([...declaredAndCalled(source), ...certain])
  for (const [, , path = ''] of source.matchAll(PATHS)) names.add(path)
  return { names: [...names].sort(), certain, isComputed: COMPUTED.test(code) }
}

function declaredAndCalled(source: string): readonly string[] {
  return [...source.matchAll(DECLARED), ...source.matchAll(CALLED)]
    .map(match => unescaped(match[1] ?? match[2] ?? match[3] ?? ''))
    .filter(name => name !== '')
}

/** Comments, and the texts in which they would not be comments. */
const COMMENT_OR_TEXT =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|\/\/[^\n]*/g

// A regular expression with a quote in it can lead astray: it only decides about complaints.
function withoutComments(source: string): string {
  return source.replace(COMMENT_OR_TEXT, found => (found.startsWith('/') ? ' ' : found))
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|\n|([\s\S]))/gi,
    (_, long, four, two, plain) => {
      const code = long ?? four ?? two
      return code === undefined ? (plain ?? '') : String.fromCodePoint(Number.parseInt(code, 16))
    },
  )
}
