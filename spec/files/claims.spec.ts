import assert from 'node:assert/strict'
import { once } from 'node:events'
import fs, { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { isCacheError } from '../../lib/base/errors.ts'
import { Claims } from '../../lib/files/claims.ts'
import { isAlive } from '../../lib/files/owner.ts'
import { type Child, runChild } from '../support/child.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('Claims', () => {
  const at = temporaryFolder()
  let all: Claims[]

  beforeEach(() => {
    all = []
  })
  afterEach(() => {
    for (const claims of all) claims.close()
  })

  const newClaims = () => {
    const claims = new Claims(at('leases'))
    all.push(claims)
    return claims
  }
  const pair = () => [newClaims(), newClaims()] as const

  it('gives a key to one, and to the next when it is released', () => {
    const [one, other] = pair()
    assert.equal(one.holdsAny, false)
    assert.equal(one.take('a'), undefined)
    assert.equal(one.holdsAny, true)
    const holder = other.take('a')!
    assert.ok(isAlive(holder))
    assert.equal(other.holdsAny, false)
    assert.equal(other.take('b'), undefined)
    one.release('a')
    assert.equal(one.holdsAny, false)
    assert.equal(other.take('a'), undefined)
    assert.notEqual(one.take('a'), holder)
  })

  it('answers who asks for what it holds already with its own name', () => {
    const [one, other] = pair()
    one.take('a')
    assert.equal(one.take('a'), other.take('a'))
    assert.equal(one.holderOf('a'), other.holderOf('a'))
    assert.deepEqual(one.takeAll(['a', 'b', 'b']), [one.take('a'), undefined, one.take('a')])
  })

  it('tells who holds a key without taking it, also who never took anything', () => {
    const [one, other] = pair()
    assert.equal(other.holderOf('a'), undefined)
    assert.deepEqual(readdirSync(at()), [])
    one.take('a')
    assert.equal(other.holderOf('a'), one.holderOf('a'))
    other.take('b')
    assert.equal(other.holderOf('a'), one.holderOf('a'))
    one.release('a')
    assert.equal(other.holderOf('a'), undefined)
    assert.equal(other.take('a'), undefined)
  })

  it('releases only what it holds', () => {
    const [one, other] = pair()
    one.release('a')
    assert.deepEqual(readdirSync(at()), [])
    one.take('a')
    other.release('a')
    other.take('b')
    other.release('a')
    assert.equal(other.holderOf('a'), one.take('a'))
  })

  it('takes as many of many as are free, with one write and one read, and releases them with one write', () => {
    const [one, other] = pair()
    const keys = Array.from({ length: 1000 }, (_, n) => `${n}`)
    one.takeAll(['7', '500', '1000'])
    other.releaseAll(other.takeAll(keys).flatMap((answer, n) => (answer === undefined ? [keys[n]!] : [])))
    one.releaseAll(['500'])
    let calls: string[] = []
    const answers = spied(
      name => calls.push(name),
      () => other.takeAll(keys),
    )
    // The last one takes back what was not free.
    assert.deepEqual(calls, ['writeSync', 'readSync', 'writeSync'])
    assert.deepEqual(
      answers,
      keys.map(key => (key === '7' ? one.holderOf('7') : undefined)),
    )
    calls = []
    spied(
      name => calls.push(name),
      () => other.releaseAll(keys),
    )
    assert.deepEqual(calls, ['writeSync'])
    assert.deepEqual(new Set(one.takeAll(keys)), new Set([undefined, one.take('7')]))
  })

  it('never lets two hold one key, whichever of their system calls comes first', () => {
    const [one, other] = pair()
    one.take('joined')
    other.take('joined, too')
    let both = 0
    // `other` takes all at once in front of each system call of `one`, or behind the last.
    for (const [turn, name] of ['writeSync', 'readSync', 'later'].entries()) {
      const key = `key ${turn}`
      let answer: string | undefined
      let asked = false
      const ask = () => {
        if (asked) return
        asked = true
        answer = other.take(key)
      }
      const mine = spied(
        called => called === name && ask(),
        () => one.take(key),
      )
      ask()
      assert.ok(mine !== undefined || answer !== undefined, name)
      if (mine !== undefined && answer !== undefined) both += 1
    }
    assert.equal(both, 0)
  })

  it('agrees with a model of takes and releases by three threads', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd')
    const who = fc.nat(2)
    const step = fc.oneof(
      fc.record({ act: fc.constant('take' as const), who, keys: fc.array(key, { maxLength: 5 }) }),
      fc.record({ act: fc.constant('release' as const), who, keys: fc.array(key, { maxLength: 5 }) }),
      fc.record({ act: fc.constant('close' as const), who, keys: fc.constant([]) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const threads = [newClaims(), newClaims(), newClaims()]
        const model = new Map<string, number>()
        for (const { act, who, keys } of steps) {
          const thread = threads[who]!
          if (act === 'close') thread.close()
          if (act === 'release') thread.releaseAll(keys)
          if (act !== 'take')
            for (const [key, holder] of model)
              if (holder === who && (act === 'close' || keys.includes(key as 'a'))) model.delete(key)
          if (act === 'take') {
            const free = keys.map((key, n) => !model.has(key) && keys.indexOf(key) === n)
            assert.deepEqual(
              thread.takeAll(keys).map(answer => answer === undefined),
              free,
            )
            for (const [n, key] of keys.entries()) if (free[n]) model.set(key, who)
          }
          for (const other of threads) {
            for (const key of ['a', 'b', 'c', 'd'])
              assert.equal(other.holderOf(key) !== undefined, model.has(key))
            assert.equal(other.holdsAny, [...model.values()].includes(threads.indexOf(other)))
          }
        }
        for (const thread of threads) thread.close()
        assert.deepEqual(readdirSync(at()), [])
      }),
      { numRuns: 60 },
    )
  })

  it('takes nothing if the system refuses, and says why', () => {
    mkdirSync(at('leases'))
    const claims = newClaims()
    assert.throws(() => claims.take('a'), { code: 'EISDIR' })
    assert.equal(claims.holdsAny, false)
    const own = new Claims(at('own'))
    writeFileSync(at('own'), "the user's own")
    assert.throws(
      () => own.take('a'),
      error => isCacheError(error, 'ERR_CACHE_FORMAT'),
    )
    assert.equal(own.holdsAny, false)
    own.close()
  })

  for (const failing of ['writeSync', 'readSync']) {
    it(`leaves no claim behind where ${failing} fails`, () => {
      const [one, other] = pair()
      one.take('joined')
      // Alone, it would have nothing to read.
      other.take('joined, too')
      let fails = true
      const fail = (name: string) => {
        if (name !== failing || !fails) return
        fails = false
        throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' })
      }
      assert.throws(() => spied(fail, () => one.takeAll(['a', 'b'])), { code: 'ENOSPC' })
      assert.deepEqual(other.takeAll(['a', 'b']), [undefined, undefined])
      other.releaseAll(['a', 'b'])
      one.take('a')
      fails = failing === 'writeSync'
      if (fails) assert.throws(() => spied(fail, () => one.release('a')), { code: 'ENOSPC' })
      else one.release('a')
      one.release('joined')
      // Whatever was not written is written with what comes next.
      assert.equal(other.take('a'), undefined)
    })
  }

  it('does not count the claims of a process that was killed', async () => {
    const mine = newClaims()
    mine.take('mine')
    const child = await holding('a')
    assert.equal(mine.take('a')?.split('.')[0], `${child.pid}`)
    await child.kill()
    const goneMs = performance.now()
    while (mine.take('a') !== undefined) await new Promise(setImmediate)
    assert.ok(performance.now() - goneMs < 1000)
  })

  it('tells threads apart, and does not count the claims of one that was terminated', async () => {
    const mine = newClaims()
    mine.take('mine')
    const worker = new Worker(
      `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(new URL('../../lib/files/claims.ts', import.meta.url).href)}, ${JSON.stringify(import.meta.url)})).then(({ Claims }) => {
        const claims = new Claims(${JSON.stringify(at('leases'))})
        require('node:worker_threads').parentPort.postMessage([claims.take('mine'), claims.take('a')])
        for (;;);
      })`,
      { eval: true },
    )
    assert.deepEqual(await once(worker, 'message'), [[mine.holderOf('mine'), undefined]])
    const holder = mine.take('a')!
    assert.equal(holder.split('.')[0], `${process.pid}`)
    assert.notEqual(holder, mine.holderOf('mine'))
    await worker.terminate()
    const goneMs = performance.now()
    while (mine.take('a') !== undefined) await new Promise(setImmediate)
    assert.ok(performance.now() - goneMs < 1000)
  })

  it('gives up everything when it is closed, twice if you like, and may be used again', () => {
    const [one, other] = pair()
    one.takeAll(['a', 'b'])
    one.close()
    one.close()
    assert.equal(one.holdsAny, false)
    assert.deepEqual(readdirSync(at()), [])
    assert.deepEqual(other.takeAll(['a', 'b']), [undefined, undefined])
    assert.equal(one.take('a'), other.take('b'))
    assert.equal(one.take('c'), undefined)
  })

  it('sweeps the file of the dead, and none in which somebody lives', async () => {
    const child = runChild(`
      import { Claims } from 'lib/files/claims.ts'
      new Claims(${JSON.stringify(at('x'))}).take('a')
      console.log('taken')
      setInterval(() => {}, 1000)
    `)
    await child.line()
    const mine = new Claims(at('x'))
    mine.sweep()
    assert.ok(existsSync(at('x')))
    await child.kill()
    await pause(150)
    mine.sweep()
    assert.equal(existsSync(at('x')), false)
    mine.take('b')
    mine.sweep()
    assert.ok(existsSync(at('x')))
  })

  it('tells keys apart that differ in anything', () => {
    const claims = newClaims()
    const keys = ['', ' ', 'a', 'A', 'a\0', '\0a', 'ä', 'x'.repeat(100_000), `${'x'.repeat(100_000)}y`]
    assert.ok(claims.takeAll(keys).every(answer => answer === undefined))
  })

  describe('wouldDeadlock', () => {
    it('sees a circle of two, until one of them no longer waits', () => {
      const [one, other] = pair()
      one.take('a')
      other.take('b')
      assert.equal(one.wouldDeadlock(['a'], 'b'), false)
      const takeBack = one.noteWaiting('a', 'b')
      assert.equal(one.wouldDeadlock(['a'], 'b'), false)
      assert.equal(other.wouldDeadlock(['b'], 'a'), true)
      takeBack()
      takeBack()
      assert.equal(other.wouldDeadlock(['b'], 'a'), false)
    })

    it('sees a circle over many, some of which wait for several at once', () => {
      const threads = Array.from({ length: 5 }, newClaims)
      for (const [n, thread] of threads.entries()) {
        thread.take(`${n}`)
        thread.noteWaiting(`${n}`, 'nobody holds this')
        if (n < 4) thread.noteWaiting(`${n}`, `${n + 1}`)
        thread.noteWaiting(`${n}`, 'nor this')
      }
      assert.equal(threads[4]!.wouldDeadlock(['other', '4'], '0'), true)
      assert.equal(threads[4]!.wouldDeadlock(['other'], '0'), false)
      assert.equal(threads[2]!.wouldDeadlock(['2'], '3'), false)
      threads[2]!.release('2')
      assert.equal(threads[4]!.wouldDeadlock(['4'], '0'), false)
    })

    it('ends although others wait for each other, and knows what waits for itself', () => {
      const [one, other] = pair()
      one.take('a')
      other.take('b')
      one.noteWaiting('a', 'b')
      other.noteWaiting('b', 'a')
      assert.equal(newClaims().wouldDeadlock(['c'], 'a'), false)
      assert.equal(newClaims().wouldDeadlock(['c'], 'c'), true)
    })

    it('is told of one of two, whichever of their system calls comes first', () => {
      for (const first of ['writeSync', 'readSync', 'later']) {
        const [one, other] = pair()
        one.take('a')
        other.take('b')
        let told: boolean | undefined
        const ask = () => {
          if (told !== undefined) return
          told = false
          other.noteWaiting('b', 'a')
          told = other.wouldDeadlock(['b'], 'a')
        }
        const mine = spied(
          name => name === first && ask(),
          () => {
            one.noteWaiting('a', 'b')
            return one.wouldDeadlock(['a'], 'b')
          },
        )
        ask()
        assert.ok(mine || told, first)
        for (const claims of [one, other]) claims.close()
      }
    })

    it('knows nothing of what the dead waited for, or of who waits without a claim', async () => {
      const mine = newClaims()
      mine.noteWaiting('b', 'c')()
      mine.take('b')
      const child = await holding('a', `claims.noteWaiting('a', 'b')`)
      assert.equal(mine.wouldDeadlock(['b'], 'a'), true)
      await child.kill()
      const goneMs = performance.now()
      while (mine.wouldDeadlock(['b'], 'a')) assert.ok(performance.now() - goneMs < 1000)
    })

    it('frees no slot twice: not when a wait is taken back after its key was released', () => {
      const [one, other] = pair()
      one.take('a')
      const takeBack = one.noteWaiting('a', 'b')
      one.release('a')
      one.takeAll(['c', 'd', 'e'])
      takeBack()
      assert.ok(other.takeAll(['c', 'd', 'e']).every(answer => answer !== undefined))
    })
  })

  /** A child that holds `key`. */
  async function holding(key: string, then = ''): Promise<Child> {
    const child = runChild(`
      import { Claims } from 'lib/files/claims.ts'
      const claims = new Claims(${JSON.stringify(at('leases'))})
      console.log(claims.take(${JSON.stringify(key)}))
      ${then}
      console.log('then')
      setInterval(() => {}, 1000)`)
    assert.equal(await child.line(), 'undefined')
    assert.equal(await child.line(), 'then')
    return child
  }
})

/** Runs `body`; `see` is told of each read and write before it is done, but for those that it does itself. */
function spied<T>(see: (name: string) => unknown, body: () => T): T {
  const { writeSync, readSync } = fs
  let inside = false
  const wrap = (name: string, call: (...args: never[]) => unknown) =>
    ((...args: never[]) => {
      if (!inside) {
        inside = true
        try {
          see(name)
        } finally {
          inside = false
        }
      }
      return call(...args)
    }) as never
  fs.writeSync = wrap('writeSync', writeSync)
  fs.readSync = wrap('readSync', readSync)
  syncBuiltinESMExports()
  try {
    return body()
  } finally {
    Object.assign(fs, { writeSync, readSync })
    syncBuiltinESMExports()
  }
}
