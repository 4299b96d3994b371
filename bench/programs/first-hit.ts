/* node first-hit.js <path> <id>: opens a store, recalls one result and ends. */
import { loadCachedict } from '../cachedict.ts'
import { check, HEIGHT, measureLater } from '../shapes.ts'

// No name that measureLater uses: the bundler would rename it there, and the code would not be what filled the store.
const [path = '', id] = process.argv.slice(2)
const { decorate } = await loadCachedict()
// Read only: what is not there throws.
const cached = decorate(measureLater, { path, access: 'r' })
check(await cached(Number(id), HEIGHT), Number(id), HEIGHT)
