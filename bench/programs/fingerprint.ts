/*
 * node fingerprint.js <what>: takes the first fingerprint of a process: of a small function, or of one that reaches a
 * package. Prints how long that took, without loading anything that the function needs itself.
 */
import { loadCachedict } from '../cachedict.ts'
import { timed } from '../rounds.ts'

const { fingerprint } = await loadCachedict()
const functions = {
  async small() {
    const rate = 2
    return (n: number) => n * rate
  },
  async lodash() {
    const { default: lodash } = await import('lodash')
    return (list: number[]) =>
      lodash.chunk(
        lodash.map(list, n => n + 1),
        2,
      )
  },
  async typescript() {
    const { default: ts } = await import('typescript')
    return (text: string) => ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest)
  },
}
const what = process.argv[2] as keyof typeof functions
const fn = await functions[what]()
process.stdout.write(JSON.stringify(timed(() => fingerprint(fn))))
