import assert from 'node:assert/strict'
import { fingerprint } from 'cachedict'
import fc from 'fast-check'
import {
  type CallGraph,
  callGraphs,
  dice,
  mutated,
  otherSource,
  plainSource,
  reachedFrom,
} from '../support/call-graph.ts'

type Load = (source: string) => Promise<string>

/** How a program can come to be: what it is made of, and what its functions see, is the same. */
const LOADS: Readonly<Record<string, Load>> = {
  'a function': async source => hashOf(new Function(`${source}\nreturn main`)()),
  'a module': async source => {
    const url = `data:text/javascript,${encodeURIComponent(`${source}\nexport { main }`)}`
    return hashOf(((await import(url)) as { readonly main: unknown }).main)
  },
}
const RUNS = { 'a function': 300, 'a module': 60 }

describe('The fingerprint in a random call graph', function () {
  this.timeout(120_000)

  for (const [what, load] of Object.entries(LOADS)) {
    it(`follows what is reached, and nothing else, where the program is ${what}`, async () => {
      let [same, other] = [0, 0]
      await fc.assert(
        fc.asyncProperty(callGraphs(9), fc.nat(), async (graph, seed) => {
          const roll = dice(seed)
          const hash = await load(plainSource(graph))
          assert.equal(await load(otherSource(graph, roll)), hash, 'permuted, renamed, reformatted')
          const reached = reachedFrom(graph)
          for (const at of graph.keys()) {
            const mutant = await load(otherSource(mutated(graph, at), roll))
            const message = `place ${at} of ${shown(graph)}`
            if (reached.has(at)) assert.notEqual(mutant, hash, message)
            else assert.equal(mutant, hash, message)
            reached.has(at) ? other++ : same++
          }
        }),
        { numRuns: RUNS[what as keyof typeof RUNS] },
      )
      // A property that hardly ever met one of the two would prove little.
      assert.ok(same > RUNS[what as keyof typeof RUNS] / 2 && other > RUNS[what as keyof typeof RUNS])
    })
  }
})

function hashOf(main: unknown): string {
  assert.ok(typeof main === 'function')
  return fingerprint(main as Parameters<typeof fingerprint>[0]).hash
}

function shown(graph: CallGraph): string {
  return `\n${plainSource(graph)}`
}
