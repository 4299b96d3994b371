// node endings.js <cache file> <how it ends>
import { withCache } from 'cachedict'

const [file = '', how = ''] = process.argv.slice(2)
await withCache<unknown, string>(file, 'rew', async dict => {
  dict.set('a', 1)
  dict.update('b', list => [...((list ?? []) as number[]), 1])
  dict.evaluate('fact', () => 'computed')
  dict.set('c', { n: 2 })
  dict.delete('a')
  dict.update('b', list => [...(list as number[]), 2])
  console.log('busy')
  if (how === 'process.exit') process.exit(3)
  if (how === 'throw') throw new Error('on purpose')
  if (how === 'crash') setImmediate(() => Promise.reject(new Error('on purpose')))
  else for (;;) Math.sqrt(2)
  await new Promise(resolve => setTimeout(resolve, 60_000))
})
