// node nobody.js <what> <cache file>
import { CacheError, decorate, withCache } from 'cachedict'

const [what = '', file = ''] = process.argv.slice(2)
const square = decorate((n: number) => n * n, { name: 'square', path: file })
const codeOf = (error: unknown) => (error instanceof CacheError ? error.code : String(error))

if (what === 'reader') await withCache(file, dict => console.log(dict.get('old'), dict.get('fact')))
console.log('computed', square(5))
console.log(await withCache(file, dict => dict.set('old', 2)).then(() => 'written', codeOf))
if (what === 'reader') console.log(await withCache(file, () => 'nothing to write: fine').catch(codeOf))
