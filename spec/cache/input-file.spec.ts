import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decorate, inputFile, withCache } from 'cachedict'
import { ownCache } from '../support/own-cache.ts'

/** What was evaluated, apart from what the functions capture. */
const runs: string[] = []

describe('inputFile, called while a result is evaluated,', () => {
  const at = ownCache()
  beforeEach(() => {
    runs.length = 0
  })

  const text = decorate(
    (path: string) => {
      runs.push('text')
      return readFileSync(inputFile(path).path, 'utf8')
    },
    { name: 'text' },
  )
  const later = decorate(
    async (path: string) => {
      await nextTurn()
      runs.push('later')
      return `${text(path)}!`
    },
    { name: 'later' },
  )

  it('makes the file something that the result was made of', async () => {
    for (const content of ['one', 'one', 'another', 'one']) {
      writeFileSync(at('in.txt'), content)
      assert.equal(text(at('in.txt')), content)
    }
    assert.deepEqual(runs, ['text', 'text', 'text'])
  })

  it('does so for all results around it, across awaits, and for dictionaries', async () => {
    const whole = () =>
      withCache('d', dict => dict.evaluate('whole', async () => `(${await later(at('in.txt'))})`))
    for (const content of ['one', 'one', 'another', 'another']) {
      writeFileSync(at('in.txt'), content)
      assert.equal(await whole(), `(${content}!)`)
    }
    assert.deepEqual(runs, ['later', 'text', 'later', 'text'])
  })

  it('is named by why', async () => {
    writeFileSync(at('in.txt'), 'one')
    text(at('in.txt'))
    writeFileSync(at('in.txt'), 'another')
    const why = await text.why(at('in.txt'))
    assert.equal(why.because, 'dependency-changed')
    assert.equal(why.details.dependency, at('in.txt'))
    assert.match(why.text, /It was made of the file .*in\.txt\./)
  })

  it('does no more than that where nothing is evaluated', () => {
    assert.equal(inputFile(at('x')).path, at('x'))
  })
})
