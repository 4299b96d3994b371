import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { isAlive, isOfThisThread, isOwner, isStopped, newOwner } from '../../lib/files/owner.ts'
import { runChild } from '../support/child.ts'

describe('newOwner', () => {
  it('never gives the same name twice, here or in another process', async () => {
    const names = Array.from({ length: 10_000 }, newOwner)
    assert.equal(new Set(names).size, names.length)
    const source = `import { newOwner } from 'lib/files/owner.ts'; console.log(newOwner())`
    const [one, other] = [runChild(source), runChild(source)]
    const nonces = [await one.line(), await other.line(), newOwner()].map(name => name.split('.')[4])
    assert.equal(new Set(nonces).size, 3)
  })

  it('gives names of five parts that may stand in a file name', () => {
    assert.match(newOwner(), /^\d+\.\w*\.\w*\.\d+\.\w+$/)
    assert.equal(isOwner(newOwner()), true)
    for (const other of [
      '',
      'x',
      '/etc/passwd',
      '1.2.3.4',
      '1.2.3.4.',
      '1.2.3.4.5.6',
      '1.2.3.4./',
      'root@host.1:2',
    ]) {
      assert.equal(isOwner(other), false, other)
    }
  })
})

describe('isAlive', () => {
  it('knows this thread, and other processes, for as long as they run', async () => {
    assert.equal(isAlive(newOwner()), true)
    const child = runChild(`
      import { newOwner } from 'lib/files/owner.ts'
      console.log(newOwner())
      setInterval(() => {}, 1000)`)
    const owner = await child.line()
    assert.equal(isAlive(owner), true)
    assert.equal(isOfThisThread(owner), false)
    await child.kill()
    assert.equal(isAlive(owner), false)
  })

  it('counts an id that was given away again, another boot, and what names nobody as dead', () => {
    const [pid, start, boot, thread, nonce] = newOwner().split('.')
    const named = (...parts: unknown[]) => isAlive(parts.join('.'))
    assert.equal(named(pid, start, boot, thread, nonce), true)
    assert.equal(named(pid, Number(start) + 1, boot, thread, nonce), false)
    assert.equal(named(process.ppid, start, boot, process.ppid, nonce), false)
    assert.equal(named(spawnSync('true').pid, start, boot, thread, nonce), false)
    assert.equal(named(pid, start, '00000000', thread, nonce), false)
    assert.equal(named(pid, start, boot, 1, nonce), false)
    for (const nobody of ['', 'x', '0.1.2.3.4', '-1.1.2.3.4', '1e3']) assert.equal(isAlive(nobody), false)
  })

  it('counts whom it cannot tell about as alive', () => {
    const [pid, , boot, thread, nonce] = newOwner().split('.')
    assert.equal(isAlive([pid, '', boot, thread, nonce].join('.')), true)
    assert.equal(isAlive([pid, '', '', thread, nonce].join('.')), true)
  })

  it('does not take too many open files for a death', async () => {
    const child = runChild(`
      import { openSync, closeSync } from 'node:fs'
      import { isAlive } from 'lib/files/owner.ts'
      const owner = ${JSON.stringify(newOwner())}
      if (!isAlive(owner)) throw new Error('dead at first')
      const open = []
      try { for (;;) open.push(openSync('/dev/null')) } catch {}
      let said
      try { said = String(isAlive(owner)) } catch (error) { said = error.code }
      open.forEach(closeSync)
      console.log(said)`)
    assert.notEqual(await child.line(), 'false')
  })
})

describe('isStopped', () => {
  it('tells a process that was stopped from one that runs, and from one that is gone', async () => {
    const child = runChild(`
      import { newOwner } from 'lib/files/owner.ts'
      console.log(newOwner())
      setInterval(() => {}, 1000)`)
    const owner = await child.line()
    assert.equal(isStopped(owner), false)
    child.process.kill('SIGSTOP')
    while (!isStopped(owner)) await new Promise(setImmediate)
    assert.equal(isAlive(owner), true)
    const [pid, start, ...rest] = owner.split('.')
    assert.equal(isStopped([pid, Number(start) - 1, ...rest].join('.')), false)
    child.process.kill('SIGCONT')
    while (isStopped(owner)) await new Promise(setImmediate)
    await child.kill()
    assert.equal(isStopped(owner), false)
    assert.equal(isStopped(newOwner()), false)
    assert.equal(isStopped('x'), false)
  })
})
