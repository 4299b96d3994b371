/* node first-hit.js <path> <width>: opens a store, recalls one result and ends. */
import { loadCachedict } from '../cachedict.ts'
import { check, HEIGHT, measureLater } from '../shapes.ts'

const [path = '', width] = process.argv.slice(2)
const { decorate } = await loadCachedict()
// Read only: what is not there throws.
const cached = decorate(measureLater, { path, access: 'r' })
check(await cached(Number(width), HEIGHT), Number(width), HEIGHT)
