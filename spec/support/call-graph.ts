import fc from 'fast-check'

/** What stands at one place of a program, and which other places it mentions, by number. */
export interface Place {
  readonly kind: (typeof KINDS)[number]
  /** A number of its own in its text. */
  readonly constant: number
  readonly mentions: readonly number[]
}

/** Functions, classes, values and tables of functions that mention each other, in circles too. The first is a function. */
export type CallGraph = readonly Place[]

const KINDS = ['function', 'arrow', 'async', 'generator', 'class', 'value', 'table'] as const

/** Random call graphs of up to `most` places. */
export function callGraphs(most: number): fc.Arbitrary<CallGraph> {
  const place = fc.record({
    kind: fc.constantFrom(...KINDS),
    constant: fc.nat(5),
    mentions: fc.array(fc.nat(most * 2), { maxLength: 3 }),
  })
  return fc.array(place, { minLength: 1, maxLength: most }).map(places =>
    places.map((each, index) => {
      const kind = index === 0 && isData(each.kind) ? 'function' : each.kind
      const mentions = each.mentions.map(mention => mention % places.length)
      if (kind === 'value') return { ...each, kind, mentions: [] }
      // Data is made when the program is loaded, of what is there by then: of functions.
      if (kind === 'table')
        return { ...each, kind, mentions: mentions.filter(at => at === 0 || !isData(places[at]!.kind)) }
      return { ...each, kind, mentions }
    }),
  )
}

/** The places that the first one reaches. */
export function reachedFrom(graph: CallGraph): ReadonlySet<number> {
  const reached = new Set<number>([0])
  for (const at of reached) for (const mention of graph[at]!.mentions) reached.add(mention)
  return reached
}

/** The same graph with another constant at one place. */
export function mutated(graph: CallGraph, at: number): CallGraph {
  return graph.map((place, index) => (index === at ? { ...place, constant: place.constant + 1000 } : place))
}

/** A source of numbers below `limit`, the same ones for the same seed. */
export type Dice = (limit: number) => number

export function dice(seed: number): Dice {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** The program, as plain as can be. `main` is its first function. */
export function plainSource(graph: CallGraph): string {
  return source(graph, { order: graph.map((_, at) => at), name: at => `p${at}`, roll: () => 0 })
}

/** The same program with other names, another order, and another layout. */
export function otherSource(graph: CallGraph, roll: Dice): string {
  const order = shuffled(
    graph.map((_, at) => at),
    roll,
  )
  const names = order.map(at => `${'abcdefgh'[roll(8)]}${at}_${roll(100)}`)
  return source(graph, { order, name: at => names[order.indexOf(at)]!, roll })
}

interface Style {
  readonly order: readonly number[]
  readonly name: (at: number) => string
  readonly roll: Dice
}

function source(graph: CallGraph, style: Style): string {
  const functions = style.order.filter(at => !isData(graph[at]!.kind))
  const data = style.order.filter(at => isData(graph[at]!.kind))
  const text = [...functions, ...data].map(at => declaration(graph, at, style)).join('\n')
  return `${text}\nconst main = ${style.name(0)}`
}

function declaration(graph: CallGraph, at: number, { name, roll }: Style): string {
  const { kind, constant, mentions } = graph[at]!
  const self = name(at)
  const local = roll(2) === 0 ? 'x' : `local${roll(50)}`
  const gap = () => ['', ' ', '\n', ' /* so */ '][roll(4)]!
  const terms = mentions.map(mention => `${name(mention)}${gap()}`)
  const number = roll(2) === 0 ? `${constant}` : `0x${constant.toString(16)}`
  const result = [`${gap()}[${number}`, local, ...terms].join(`,${gap()}`)
  const list = roll(2) === 0 ? `${result}]` : `(${result},])`
  const body = `{${gap()}return ${list.trimStart()}${roll(2) === 0 ? ';' : ''}${gap()}}`
  switch (kind) {
    case 'function':
      return `function ${self}(${local}) ${body}`
    case 'arrow':
      return roll(2) === 0
        ? `const ${self} = ${local} => ${body}`
        : `const ${self} = (${local}) =>${gap()}${list.trimStart()}`
    case 'async':
      return `async${' '}function ${self}(${local})${gap()}${body}`
    case 'generator':
      return `function${gap()}*${self}(${local}) ${body}`
    case 'class':
      return `class ${self} {${gap()}#k = ${number};${gap()}run(${local}) ${body} }`
    case 'value':
      return `const ${self} = { ${shuffled([`k: ${number}`, `l: [1, { m: ${number} }]`, "n: 'x'"], roll).join(', ')} }`
    case 'table': {
      const rows = mentions.map((mention, index) => `r${index}: ${name(mention)}`)
      return `const ${self} = { ${shuffled([...rows, `k: ${number}`], roll).join(', ')} }`
    }
  }
}

function isData(kind: Place['kind']): boolean {
  return kind === 'value' || kind === 'table'
}

function shuffled<T>(list: readonly T[], roll: Dice): readonly T[] {
  const rest = [...list]
  for (let left = rest.length; left > 1; left--) {
    const pick = roll(left)
    ;[rest[left - 1], rest[pick]] = [rest[pick]!, rest[left - 1]!]
  }
  return rest
}
