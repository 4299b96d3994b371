/* node recall.js <path> <count> <calls>: recalls random ones of so many results. Prints what memory it took. */
import { loadCachedict } from '../cachedict.ts'
import { processMemory } from '../process-memory.ts'
import { randomFrom } from '../random.ts'
import { check, HEIGHT, measureLater } from '../shapes.ts'

const [path = '', count, calls] = process.argv.slice(2)
const { decorate } = await loadCachedict()
const cached = decorate(measureLater, { path, access: 'r' })
const random = randomFrom(1)
for (let call = 0; call < Number(calls); call += 1) {
  const width = Math.floor(random() * Number(count))
  check(await cached(width, HEIGHT), width, HEIGHT)
}
process.stdout.write(JSON.stringify(processMemory()))
