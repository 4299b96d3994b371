import assert from 'node:assert/strict'
import { fingerprint } from 'cachedict'
import fc from 'fast-check'
import { callGraphs, dice, mutated, otherSource, plainSource, reachedFrom } from '../support/call-graph.ts'

interface Way {
  readonly runs: number
  /** The `main` of each of these programs. */
  readonly load: (sources: readonly string[]) => Promise<readonly unknown[]>
}

/** How a program can come to be: what it is made of, and what its functions see, is the same. */
const WAYS: Readonly<Record<string, Way>> = {
  // In one script: of each new one must be found out where it comes from.
  'a function': {
    runs: 300,
    load: async sources => {
      const programs = sources.map(source => `(() => { ${source}\nreturn main })()`)
      return new Function(`return [${programs.join(', ')}]`)() as readonly unknown[]
    },
  },
  'a module': {
    runs: 30,
    load: sources =>
      Promise.all(
        sources.map(async source => {
          const url = `data:text/javascript,${encodeURIComponent(`${source}\nexport { main }`)}`
          return ((await import(url)) as { readonly main: unknown }).main
        }),
      ),
  },
}

describe('The fingerprint in a random call graph', function () {
  this.timeout(120_000)

  for (const [what, { runs, load }] of Object.entries(WAYS)) {
    it(`follows what is reached, and nothing else, where the program is ${what}`, async () => {
      const met = { reached: 0, unreached: 0 }
      await fc.assert(
        fc.asyncProperty(callGraphs(9), fc.nat(), async (graph, seed) => {
          const roll = dice(seed)
          const mutants = graph.map((_, at) => otherSource(mutated(graph, at), roll))
          const programs = await load([plainSource(graph), otherSource(graph, roll), ...mutants])
          const [plain, other, ...hashes] = programs.map(hashOf)
          assert.equal(other, plain, 'permuted, renamed, reformatted')
          const reached = reachedFrom(graph)
          for (const [at, hash] of hashes.entries()) {
            const message = `place ${at} of\n${plainSource(graph)}`
            if (reached.has(at)) assert.notEqual(hash, plain, message)
            else assert.equal(hash, plain, message)
            met[reached.has(at) ? 'reached' : 'unreached']++
          }
        }),
        { numRuns: runs },
      )
      // A property that hardly ever met one of the two would prove little.
      assert.ok(met.unreached > runs / 2 && met.reached > runs, JSON.stringify(met))
    })
  }
})

function hashOf(main: unknown): string {
  assert.ok(typeof main === 'function')
  return fingerprint(main as Parameters<typeof fingerprint>[0]).hash
}
