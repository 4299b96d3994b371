import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs, {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename, dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { isCacheError } from '../../lib/base/errors.ts'
import { acquireLock, sweepGuards, withLock } from '../../lib/files/lock.ts'
import { newOwner } from '../../lib/files/owner.ts'
import { type Child, runChild } from '../support/child.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('withLock', () => {
  const at = temporaryFolder()

  it('returns what its body returns, and leaves nothing behind', () => {
    assert.equal(
      withLock(at('a.lock'), () => {
        assert.deepEqual(readdirSync(at()), ['a.lock'])
        return 7
      }),
      7,
    )
    assert.deepEqual(readdirSync(at()), [])
  })

  it('lets go when its body throws', () => {
    const mine = new Error('mine')
    assert.throws(
      () =>
        withLock(at('a.lock'), () => {
          throw mine
        }),
      error => error === mine,
    )
    assert.deepEqual(readdirSync(at()), [])
  })

  it('creates a missing folder, private to the user', () => {
    withLock(at('new/sub/a.lock'), () => {})
    assert.equal(lstatSync(at('new')).mode & 0o777, 0o700)
    assert.equal(lstatSync(at('new/sub')).mode & 0o777, 0o700)
  })

  it('refuses at once, instead of waiting for ever, to take a lock that this very thread holds', async () => {
    const isBusy = (error: unknown) => isCacheError(error, 'ERR_CACHE_BUSY')
    withLock(at('a.lock'), () => assert.throws(() => withLock(at('a.lock'), () => {}), isBusy))
    const release = await acquireLock(at('a.lock'))
    assert.throws(() => withLock(at('a.lock'), () => {}), isBusy)
    release()
    assert.equal(
      withLock(at('a.lock'), () => 1),
      1,
    )
  })

  it('leaves what is no lock of ours as it is, and says so', () => {
    const isRefused = (error: unknown) => isCacheError(error, 'ERR_CACHE_FORMAT')
    writeFileSync(at('file.lock'), "the user's own")
    symlinkSync('/somewhere/else', at('link.lock'))
    mkdirSync(at('folder.lock'))
    for (const name of ['file.lock', 'link.lock', 'folder.lock']) {
      assert.throws(() => withLock(at(name), () => {}), isRefused)
    }
    assert.equal(readFileSync(at('file.lock'), 'utf8'), "the user's own")
    assert.equal(readlinkSync(at('link.lock')), '/somewhere/else')
    assert.equal(readdirSync(at()).length, 3)
  })

  it('waits for another process that holds it', async () => {
    const holder = await heldByChild(at('a.lock'))
    let waited = false
    const taken = acquireLock(at('a.lock'), { onWait: () => (waited = true) })
    assert.equal(waited, true)
    assert.equal(existsSync(at('released')), false)
    holder.process.stdin!.write('go\n')
    const release = await taken
    assert.equal(existsSync(at('released')), true)
    release()
    await holder.end()
  })

  it('takes the lock of a killed process over within a second', async () => {
    const holder = await heldByChild(at('a.lock'))
    await holder.kill()
    const started = performance.now()
    withLock(at('a.lock'), () => {})
    assert.ok(performance.now() - started < 1_000)
    assert.deepEqual(readdirSync(at()), [])
  })

  it('takes the lock of a zombie over: a process that ended and that nobody asked after', async () => {
    // The shell starts the holder and becomes a program that never asks after its children.
    const source = `
      import { spawn } from 'node:child_process'
      import { symlinkSync } from 'node:fs'
      import { newOwner } from 'lib/files/owner.ts'
      symlinkSync(newOwner(), ${JSON.stringify(at('a.lock'))})
      console.log(process.pid)
      setInterval(() => {}, 1000)
    `
    const script = at('holder.ts')
    const lib = new URL('../../lib/', import.meta.url).pathname
    writeFileSync(script, source.replaceAll("'lib/", `'${lib}`))
    const parent = runChild(`
      import { spawn } from 'node:child_process'
      const shell = spawn('sh', ['-c', '"$0" --import=tsx "$1" & exec sleep 60', process.execPath, ${JSON.stringify(script)}], { stdio: ['ignore', 'inherit', 'inherit'] })
      process.stdin.on('end', () => shell.kill('SIGKILL')).resume()
    `)
    const pid = Number(await parent.line())
    process.kill(pid, 'SIGKILL')
    const state = () => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.[0]
    while (state() !== 'Z') await new Promise(setImmediate)
    const started = performance.now()
    withLock(at('a.lock'), () => assert.equal(state(), 'Z'))
    assert.ok(performance.now() - started < 1_000)
    parent.process.stdin!.end()
    await parent.end()
  })

  it('takes over a lock whose process id was given to another process', () => {
    const [, start, ...rest] = newOwner().split('.')
    for (const pid of [process.pid, process.ppid]) {
      symlinkSync([pid, `${Number(start) - 1}`, ...rest].join('.'), at('a.lock'))
      withLock(at('a.lock'), () => {})
    }
  })

  it('takes over a lock from before the machine was started again', () => {
    const [pid, start, , ...rest] = newOwner().split('.')
    symlinkSync([pid, start, '00000000', ...rest].join('.'), at('a.lock'))
    withLock(at('a.lock'), () => {})
  })

  it('excludes another thread of this process, and takes over from one that was terminated', async () => {
    const worker = new Worker(
      `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(new URL('../../lib/files/lock.ts', import.meta.url).href)}, ${JSON.stringify(import.meta.url)})).then(({ withLock }) =>
        withLock(${JSON.stringify(at('a.lock'))}, () => {
          require('node:worker_threads').parentPort.postMessage('held')
          for (;;);
        }))`,
      { eval: true },
    )
    assert.deepEqual(await once(worker, 'message'), ['held'])
    const ended = new AbortController()
    const waiting = acquireLock(at('a.lock'), { signal: ended.signal })
    ended.abort(new Error('enough'))
    await assert.rejects(waiting, /enough/)
    await worker.terminate()
    const started = performance.now()
    withLock(at('a.lock'), () => {})
    assert.ok(performance.now() - started < 1_000)
  })

  it('removes the guard of a taker that died at it, and its own path', () => {
    const dead = deadOwner()
    const taker = deadOwner()
    symlinkSync(dead, at('a.lock'))
    symlinkSync(taker, at(`a.lock.${nonceOf(dead)}`))
    symlinkSync(deadOwner(), at(`a.lock.${nonceOf(dead)}.${nonceOf(taker)}`))
    withLock(at('a.lock'), () => {})
    assert.deepEqual(readdirSync(at()), [])
  })

  it('never removes a lock that somebody took after it was seen to be dead', () => {
    const dead = deadOwner()
    const next = newOwner()
    symlinkSync(dead, at('a.lock'))
    const { symlinkSync: sound } = fs
    // Somebody else takes over just before this taker gets the guard.
    fs.symlinkSync = (text, path) => {
      if (path === at(`a.lock.${nonceOf(dead)}`)) {
        unlinkSync(at('a.lock'))
        sound(next, at('a.lock'))
      }
      sound(text, path)
    }
    syncBuiltinESMExports()
    try {
      assert.throws(
        () => withLock(at('a.lock'), () => {}),
        error => isCacheError(error, 'ERR_CACHE_BUSY'),
      )
    } finally {
      fs.symlinkSync = sound
      syncBuiltinESMExports()
    }
    assert.equal(readlinkSync(at('a.lock')), next)
    assert.deepEqual(readdirSync(at()), ['a.lock'])
  })

  it('waits while a live process is about to take over from the dead', async () => {
    const dead = deadOwner()
    symlinkSync(dead, at('a.lock'))
    const guard = at(`a.lock.${nonceOf(dead)}`)
    const taker = await heldByChild(guard)
    const holder = new Promise<string>(
      resolve => void acquireLock(at('a.lock'), { onWait: resolve }).then(release => release()),
    )
    assert.equal((await holder).split('.')[0], `${taker.pid}`)
    assert.equal(readlinkSync(at('a.lock')), dead)
    await taker.kill()
    ;(await acquireLock(at('a.lock')))()
    assert.deepEqual(readdirSync(at()), [])
  })

  it('counts exactly with 8 processes, of which one after the other is killed at random moments', async () => {
    writeFileSync(at('counter'), '000000000')
    const source = `
      import { openSync, readSync, writeSync } from 'node:fs'
      import { withLock } from 'lib/files/lock.ts'
      const tally = openSync(${JSON.stringify(at('tally'))}, 'a')
      const counter = openSync(${JSON.stringify(at('counter'))}, 'r+')
      const digits = Buffer.alloc(9)
      console.log('ready')
      for (;;) {
        withLock(${JSON.stringify(at('a.lock'))}, () => {
          readSync(counter, digits, 0, 9, 0)
          const count = Number(digits) + 1
          // One write each: the tally first, so that a kill in between shows as one that counts twice the same.
          writeSync(tally, count + '\\n')
          writeSync(counter, String(count).padStart(9, '0'), 0)
        })
      }
    `
    const start = async () => {
      const child = runChild(source)
      await child.line()
      return child
    }
    const children: Child[] = await Promise.all(Array.from({ length: 8 }, start))
    const replacements: Promise<Child>[] = []
    for (let kills = 0; kills < 8; kills += 1) {
      await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 60))
      await children.shift()!.kill()
      if (kills < 4) replacements.push(start())
    }
    for (const child of await Promise.all(replacements)) await child.kill()
    const counts = readFileSync(at('tally'), 'utf8').trimEnd().split('\n').map(Number)
    assert.ok(counts.length > 1_000, `only ${counts.length} counts`)
    let twice = 0
    for (const [index, count] of counts.entries()) {
      const before = counts[index - 1] ?? 0
      if (count === before) twice += 1
      else assert.equal(count, before + 1)
    }
    assert.ok(twice <= 12, `${twice} of 12 kills fell between two writes`)
    const last = Number(readFileSync(at('counter'), 'utf8'))
    assert.ok(last === counts.at(-1) || last === counts.at(-1)! - 1)
    withLock(at('a.lock'), () => sweepGuards(at('a.lock')))
    assert.deepEqual(readdirSync(at()).sort(), ['counter', 'tally'])
  })

  it('lets exactly one of many takers in at a time, when all of them find the same dead holder', async () => {
    const rounds = 60
    const source = `
      import { symlinkSync, unlinkSync, writeSync } from 'node:fs'
      import { createInterface } from 'node:readline'
      import { withLock } from 'lib/files/lock.ts'
      console.log('ready')
      for await (const path of createInterface({ input: process.stdin })) {
        withLock(path, () => {
          // Fails if somebody else is inside.
          symlinkSync('x', path + '-inside')
          unlinkSync(path + '-inside')
        })
        console.log('done')
      }
    `
    const children = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = runChild(source)
        await child.line()
        return child
      }),
    )
    for (let round = 0; round < rounds; round += 1) {
      const path = at(`${round}.lock`)
      symlinkSync(deadOwner(), path)
      for (const child of children) child.process.stdin!.write(`${path}\n`)
      await Promise.all(children.map(child => child.line()))
    }
    for (const child of children) child.process.stdin!.end()
    await Promise.all(children.map(child => child.end()))
    assert.deepEqual(readdirSync(at()), [])
  })

  /** A child that holds the lock at `path` until it reads a line. */
  async function heldByChild(path: string): Promise<Child> {
    const child = runChild(`
      import { once } from 'node:events'
      import { writeFileSync } from 'node:fs'
      import { acquireLock } from 'lib/files/lock.ts'
      const release = await acquireLock(${JSON.stringify(path)})
      console.log('held')
      await once(process.stdin, 'data')
      writeFileSync(${JSON.stringify(at('released'))}, '')
      release()
      process.exit()
    `)
    assert.equal(await child.line(), 'held')
    return child
  }
})

describe('acquireLock', () => {
  const at = temporaryFolder()

  it('may be released twice, and frees the lock only once', async () => {
    const release = await acquireLock(at('a.lock'))
    release()
    const second = await acquireLock(at('a.lock'))
    release()
    assert.equal(
      existsSync(dirname(at('a.lock'))) && readdirSync(at()).includes(basename(at('a.lock'))),
      true,
    )
    second()
    assert.deepEqual(readdirSync(at()), [])
  })

  it('gives the lock to one after the other', async () => {
    let inside = 0
    let most = 0
    const turns = Array.from({ length: 20 }, async () => {
      const release = await acquireLock(at('a.lock'))
      inside += 1
      most = Math.max(most, inside)
      await new Promise(setImmediate)
      inside -= 1
      release()
    })
    await Promise.all(turns)
    assert.equal(most, 1)
  })

  it('ends the wait with the reason of an aborted signal', async () => {
    const release = await acquireLock(at('a.lock'))
    const why = new Error('why')
    await assert.rejects(
      acquireLock(at('a.lock'), { signal: AbortSignal.abort(why) }),
      error => error === why,
    )
    const late = new AbortController()
    const waiting = acquireLock(at('a.lock'), {
      signal: late.signal,
      onWait: () => setImmediate(() => late.abort(why)),
    })
    await assert.rejects(waiting, error => error === why)
    release()
  })
})

describe('sweepGuards', () => {
  const at = temporaryFolder()

  it('removes the guards of the dead, and nothing else', () => {
    symlinkSync(deadOwner(), at('a.lock.0a'))
    symlinkSync(deadOwner(), at('a.lock.0a.1b'))
    symlinkSync(newOwner(), at('a.lock.0c'))
    symlinkSync('/etc/passwd', at('a.lock.link'))
    symlinkSync(deadOwner(), at('b.lock.0a'))
    writeFileSync(at('a.lock.txt'), deadOwner())
    withLock(at('a.lock'), () => sweepGuards(at('a.lock')))
    assert.deepEqual(readdirSync(at()).sort(), ['a.lock.0c', 'a.lock.link', 'a.lock.txt', 'b.lock.0a'])
  })
})

/** An owner that existed, and is gone. */
function deadOwner(): string {
  const [, ...rest] = newOwner().split('.')
  deadPid ??= spawnSync('true').pid
  return [deadPid, ...rest].join('.')
}

let deadPid: number | undefined

function nonceOf(owner: string): string {
  return owner.slice(owner.lastIndexOf('.') + 1)
}
