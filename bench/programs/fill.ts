/*
 * node fill.js <path> <count>: makes so many results, as a program does that has much to compute: a thousand calls at a
 * time. Prints what memory it took.
 */
import { loadCachedict } from '../cachedict.ts'
import { processMemory } from '../process-memory.ts'
import { HEIGHT, measureLater } from '../shapes.ts'

const AT_ONCE = 1_000

const [path = '', count = 0] = process.argv.slice(2)
const { decorate, close } = await loadCachedict()
const cached = decorate(measureLater, { path })
for (let from = 0; from < Number(count); from += AT_ONCE) {
  const widths = Array.from({ length: Math.min(AT_ONCE, Number(count) - from) }, (_, index) => from + index)
  await Promise.all(widths.map(width => cached(width, HEIGHT)))
}
const memory = processMemory()
await close()
process.stdout.write(JSON.stringify(memory))
