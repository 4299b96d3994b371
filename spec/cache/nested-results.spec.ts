import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CachedFunction, decorate, withCache } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'

type Quote = CachedFunction<(symbol: 'X') => number>

/** How often each ran, apart from what the functions capture. */
const runs: Record<string, number> = {}
const ran = (name: string): number => {
  runs[name] = (runs[name] ?? 0) + 1
  return runs[name]
}

describe('A result inside another one', () => {
  ownCache()
  beforeEach(() => {
    for (const name of Object.keys(runs)) delete runs[name]
  })

  it('that is an error bounds how long whoever catches it is true', async () => {
    const options = { errors: true, errorTtl: 60 }
    const rate = decorate(
      () => {
        throw new Error(`down ${ran('rate')}`)
      },
      { ...options, name: 'rate' },
    )
    const page = decorate(
      () => {
        ran('page')
        try {
          return rate()
        } catch (error) {
          return (error as Error).message
        }
      },
      { name: 'page' },
    )
    assert.equal(page(), 'down 1')
    assert.equal(page(), 'down 1')
    assert.equal(runs.page, 1)
    await sleep(70)
    assert.equal(page(), 'down 2')
  })

  it('that is only looked for is something that the outer one was made of', async () => {
    const slow = decorate(() => 42, { name: 'slow' })
    const status = decorate(async () => ((await slow.has()) ? 'there' : 'not yet'), { name: 'status' })
    const value = decorate(async () => String(await slow.peek()), { name: 'value' })
    assert.notEqual(await value(), '42')
    assert.equal(await status(), 'not yet')
    assert.equal(await status(), 'not yet')
    slow()
    assert.deepEqual([await status(), await value()], ['there', '42'])
  })

  it('that is looked for is true no longer than the ttl of now says', async () => {
    const slow = decorate(() => 42, { name: 'slow' })
    slow()
    const brief = slow.with({ ttl: 60 })
    const status = decorate(async () => ((await brief.has()) ? 'there' : 'gone'), { name: 'status' })
    assert.equal(await status(), 'there')
    await sleep(70)
    assert.equal(await status(), 'gone')
  })

  it('that is refreshed while an earlier call is under way is the one that stays', async () => {
    const counted = decorate(
      async () => {
        const mine = ran('counted')
        await sleep(30)
        return mine
      },
      { name: 'counted' },
    )
    const before = counted()
    await sleep(10)
    assert.deepEqual([await counted.refresh(), await before, await counted()], [2, 1, 2])
  })

  for (const [how, change] of Object.entries({
    'is refreshed': (quote: Quote) => quote.refresh('X'),
    'is forgotten': (quote: Quote) => quote.forget('X'),
    'is cleared with all others': (quote: Quote) => quote.clear(),
    'is evaluated anew by another access': async (quote: Quote) => quote.with({ access: 'ew' })('X'),
  })) {
    it(`that ${how} is asked for again, in dictionaries too`, async () => {
      const price = { X: 1 }
      const quote = decorate((symbol: 'X') => price[symbol], { name: 'quote', code: 'off' })
      const report = decorate(() => `report: ${ran('report') && quote('X')}`, { name: 'report', code: 'off' })
      const whole = () =>
        withCache('d', dict => dict.evaluate('whole', () => `${ran('whole') && quote('X')}`))
      assert.deepEqual([report(), await whole()], ['report: 1', '1'])
      assert.deepEqual([report(), await whole()], ['report: 1', '1'])
      price.X = 2
      await sleep(2)
      await change(quote)
      assert.deepEqual([report(), await whole()], ['report: 2', '2'])
      await sleep(2)
      await quote.refresh('X')
      assert.deepEqual([report(), await whole()], ['report: 2', '2'])
      assert.deepEqual([runs.report, runs.whole], [2, 2])
    })
  }

  it('that begins its work when it is asked for is asked for once', async () => {
    const query = () => ({
      // biome-ignore lint/suspicious/noThenProperty: this is what is tested.
      then(done: (row: string) => void) {
        ran('query')
        done('row')
      },
    })
    const insert = decorate(() => query() as unknown as Promise<string>, { name: 'insert' })
    assert.equal(await insert(), 'row')
    await withCache('d', async dict => {
      assert.equal(await dict.evaluate('rows', () => query() as unknown as Promise<string>), 'row')
    })
    assert.equal(runs.query, 2)
  })

  it('is not undone by what a block set since it began', async () => {
    await withCache('d', async dict => {
      const pending = dict.evaluate('k', async () => {
        await sleep(20)
        return 'computed'
      })
      dict.set('k', 'mine')
      assert.equal(await pending, 'computed')
      assert.equal(dict.get('k'), 'mine')
    })
    await withCache('d', 'r', dict => assert.equal(dict.get('k'), 'mine'))
  })
})
