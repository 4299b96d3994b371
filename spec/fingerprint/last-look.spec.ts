import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { inputFile } from 'cachedict'
import { OWN_TOOL } from '../../lib/base/own-tool.ts'
import { lastLook } from '../../lib/fingerprint/last-look.ts'
import { LeftOut } from '../../lib/fingerprint/left-out.ts'
import { CONTENT } from '../../lib/keys/own-content.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('The last look at captured values', () => {
  const at = temporaryFolder()
  const look = (value: unknown, leftOut = new LeftOut()) => lastLook([value], [], leftOut)

  const changes: Readonly<Record<string, () => readonly [value: object, change: () => void]>> = {
    'a property': () => {
      const config = { rate: 1 }
      return [config, () => Object.assign(config, { rate: 2 })]
    },
    'a new property': () => {
      const config: Record<string, number> = {}
      return [config, () => Object.assign(config, { rate: 2 })]
    },
    'a property of a property, in an array, in a Map': () => {
      const inner = { n: [new Map([['k', { deep: 1 }]])] }
      return [Object.freeze({ inner }), () => Object.assign(inner.n[0]?.get('k') ?? {}, { deep: 2 })]
    },
    'another object in its place': () => {
      const config = { filters: { year: 1 } }
      return [config, () => Object.assign(config, { filters: { year: 1 } })]
    },
    'another method': () => {
      const tools = { run: () => 1 }
      return [tools, () => Object.assign(tools, { run: () => 1 })]
    },
    'one more in an array': () => {
      const list = [1]
      return [list, () => list.push(2)]
    },
    'one less in an array': () => {
      const list = [1, 2]
      return [list, () => list.pop()]
    },
    'another key of a Map': () => {
      const map = new Map([['a', 1]])
      const rename = () => {
        map.delete('a')
        map.set('b', 1)
      }
      return [map, rename]
    },
    'an element of a typed array': () => {
      const bytes = new Uint8Array(3)
      return [bytes, () => bytes.fill(1)]
    },
    'the length of a very large array': () => {
      const list = Array.from({ length: 100_000 }, () => 0)
      return [list, () => list.push(1)]
    },
    'a property under a symbol': () => {
      const tools = { [Symbol.for('rate')]: 1 }
      return [tools, () => Object.assign(tools, { [Symbol.for('rate')]: 2 })]
    },
    'another getter': () => {
      const get = (n: number) => ({ get: () => n, configurable: true })
      const config = Object.defineProperty({}, 'rate', get(1))
      return [config, () => Object.defineProperty(config, 'rate', get(2))]
    },
    'another prototype, and another method of one': () => {
      class Tool {
        run() {
          return 1
        }
      }
      const tools = [new Tool(), {}]
      return [tools, () => Object.assign(Tool.prototype, { run: () => 2 })]
    },
    'a hole in an array': () => {
      const list = [undefined, 1]
      return [list, () => Reflect.deleteProperty(list, 0)]
    },
    'what a buffer holds, and what a view shows of it': () => {
      const bytes = new Uint8Array(4)
      return [{ buffer: bytes.buffer, view: new DataView(bytes.buffer) }, () => bytes.fill(1)]
    },
    'what lies behind an object that is too large': () => {
      const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]))
      const config = { rate: 1 }
      return [[wide, config], () => Object.assign(config, { rate: 2 })]
    },
    'what a Set holds': () => {
      const set = new Set([1])
      return [set, () => set.add(2)]
    },
    'a file': () => {
      writeFileSync(at('in.txt'), 'one')
      return [{ file: inputFile(at('in.txt')) }, () => writeFileSync(at('in.txt'), 'another')]
    },
  }
  for (const [what, make] of Object.entries(changes)) {
    it(`sees ${what}`, () => {
      const [value, change] = make()
      const hasChanged = look(value)
      assert.equal(hasChanged(), false)
      change()
      assert.equal(hasChanged(), true)
    })
  }

  it('sees what a frozen Map or Date holds', () => {
    const [map, date] = [Object.freeze(new Map()), Object.freeze(new Date(0))]
    const [ofMap, ofDate] = [look(map), look(date)]
    map.set('k', 1)
    date.setTime(1)
    assert.deepEqual([ofMap(), ofDate()], [true, true])
  })

  it('sees the own properties of functions, where these are asked for', () => {
    const fn = Object.assign(() => 1, { rate: 1 })
    const [asked, other] = [lastLook([], [fn], new LeftOut()), look({ fn })]
    fn.rate = 2
    assert.deepEqual([asked(), other()], [true, false])
  })

  it('leaves out what the program changes itself', () => {
    const stats = { calls: 0, rate: 1 }
    const leftOut = new LeftOut()
    leftOut.addObject(stats, 'calls')
    const [some, none] = [look(stats, leftOut), look(stats)]
    stats.calls += 1
    assert.deepEqual([some(), none()], [false, true])
    stats.rate = 2
    assert.equal(some(), true)
    leftOut.addObject(stats)
    const whole = look(stats, leftOut)
    stats.rate = 3
    assert.equal(whole(), false)
    const memo = new Map()
    leftOut.addObject(memo)
    const ofMap = look(memo, leftOut)
    memo.set('k', 1)
    assert.equal(ofMap(), false)
  })

  it('does not look inside of what is of this package', () => {
    const tool = { [OWN_TOOL]: true, hits: 0 }
    const hasChanged = look({ tool })
    tool.hits += 1
    assert.equal(hasChanged(), false)
  })

  it('takes a file that cannot be read for another each time', () => {
    const file = Object.defineProperty({}, CONTENT, { value: () => assert.fail('is a folder') })
    const hasChanged = look({ file })
    assert.deepEqual([hasChanged(), hasChanged()], [true, true])
  })

  it('looks behind what is very large', () => {
    for (const large of [new Uint8Array(5_000), Array(5_000).fill(0), new Set(Array(5_000).keys())]) {
      const config = { rate: 1 }
      const hasChanged = look([large, config])
      config.rate = 2
      assert.equal(hasChanged(), true)
    }
  })

  it('keeps nothing alive', async () => {
    const held = { data: [{ n: 1 }] as object[] }
    const [hasChanged, data] = [look(held), new WeakRef(held.data[0]!)]
    held.data = []
    await new Promise(resolve => setImmediate(resolve))
    collectGarbage()
    assert.equal(data.deref(), undefined)
    assert.equal(hasChanged(), true)
  })

  it('sees that what was there is gone, also when it was collected', async () => {
    const held: { data: object | undefined } = { data: { n: 1 } }
    const hasChanged = look(held)
    held.data = undefined
    await new Promise(resolve => setImmediate(resolve))
    collectGarbage()
    assert.equal(hasChanged(), true)
  })

  it('runs no getter and no trap', () => {
    const refuse = () => assert.fail('was run')
    const value = { proxy: new Proxy({}, { ownKeys: refuse, has: refuse }) }
    Object.defineProperty(value, 'lazy', { get: refuse, enumerable: true })
    assert.equal(look(value)(), false)
  })

  it('looks into what classes of the user make of arrays, Maps and Proxies', () => {
    class Table extends Array<number> {
      constructor(rows: Iterable<number>) {
        super()
        for (const row of rows) this.push(row)
      }
    }
    class Sized extends Map<string, number> {
      override get size(): number {
        return assert.fail('was run')
      }
    }
    const refuse = () => assert.fail('was run')
    const [table, sized] = [new Table([1, 2]), new Sized([['k', 1]])]
    const odd = Object.create(new Proxy({}, { has: refuse, getOwnPropertyDescriptor: refuse }))
    for (const [value, change] of [
      [table, () => table.push(3)],
      [sized, () => sized.set('k', 2)],
    ] as const) {
      const hasChanged = look([value, odd])
      assert.equal(hasChanged(), false)
      change()
      assert.equal(hasChanged(), true)
    }
  })

  it('ends where there is too much, and goes round in circles once', () => {
    const circle: Record<string, unknown> = { n: 1 }
    circle.self = circle
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]))
    const hasChanged = lastLook([circle, wide], [], new LeftOut())
    wide.k7 = 0
    assert.equal(hasChanged(), false)
    circle.n = 2
    assert.equal(hasChanged(), true)
  })
})
