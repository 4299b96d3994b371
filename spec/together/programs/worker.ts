// node worker.js <what> <cache file> <number of this worker>
import { appendFileSync } from 'node:fs'
import { decorate, withCache } from 'cachedict'

const [what = '', file = '', worker = '0'] = process.argv.slice(2)
console.log('running')

if (what === 'keys') {
  for (let part = 0; part < 5; part += 1) {
    await withCache(file, dict => {
      for (let n = 0; n < 50; n += 1) dict.set(`${worker}/${part * 50 + n}`, { worker, n })
    })
  }
}

if (what === 'facts') {
  await withCache(file, async dict => {
    for (let n = 0; n < 250; n += 1) {
      const compute = () => ({ worker, n })
      if (n % 2 === 0) dict.evaluate(`${worker}/${n}`, compute)
      else await dict.evaluate(`${worker}/${n}`, async () => compute())
    }
  })
}

if (what === 'count') {
  for (let round = 0; round < 100; round += 1) {
    await withCache<number, string>(file, 'rew', dict => void dict.update('n', n => (n ?? 0) + 1), {
      exclusive: true,
    })
  }
}

if (what === 'pairs') {
  for (let round = 0; ; round += 1) {
    const value = `${worker}/${round} ${'x'.repeat((round * 37) % 3000)}`
    await withCache(file, dict => {
      dict.set('left', value)
      if (round % 3 === 0) dict.delete('left')
      dict.set('left', value)
      dict.set('right', value)
    })
  }
}

if (what === 'mixed') {
  const square = decorate((n: number) => ({ n, square: n * n }), { name: 'square', path: file })
  const later = decorate(async (n: number) => ({ n, cube: n ** 3 }), { name: 'later', path: file })
  for (let round = 0; ; round += 1) {
    const n = (round * 7 + Number(worker)) % 60
    const check = (right: boolean) => right || appendFileSync(`${file}.wrong`, `${worker} ${round} ${n}\n`)
    check(square(n).square === n * n)
    check((await later(n)).cube === n ** 3)
    await withCache<{ n: number }, string>(file, async dict => {
      dict.set(`${worker}`, { n: round })
      const { n: fact } = await dict.evaluate(`fact ${n}`, () => ({ n }))
      check(fact === n)
      if (round % 5 === 0) await dict.flush()
    })
    appendFileSync(`${file}.${worker}.log`, `${round}\n`)
  }
}

if (what === 'hold') {
  await withCache(
    file,
    'rew',
    async dict => {
      dict.set('held by', worker)
      console.log('holding')
      await new Promise(resolve => setTimeout(resolve, 600_000))
    },
    { exclusive: true },
  )
}

if (what === 'promise') {
  await withCache(file, async dict => {
    await dict.evaluate('promise', () => Promise.resolve({ came: 'as a promise' }))
    dict.evaluate('value', () => ({ came: 'at once' }))
  })
  const cached = decorate((n: number) => Promise.resolve(n + 1), { name: 'next', path: file })
  await cached(1)
}
