import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { isCacheError } from '../../../lib/base/errors.ts'
import { encodeHeader, newId } from '../../../lib/files/file-header.ts'
import { FileStore } from '../../../lib/stores/file/file-store.ts'
import { closeStores, openStoreAt } from '../../../lib/stores/open-store.ts'
import { writeOf } from '../../../lib/stores/store.ts'
import { runChild } from '../../support/child.ts'
import { interceptFiles, refusal } from '../../support/file-operations.ts'
import { openFiles, pictureOf } from '../../support/same-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('FileStore', () => {
  const at = temporaryFolder()
  const opened: FileStore[] = []
  const open = (name = 'a') => {
    opened.push(new FileStore(at(name)))
    return opened.at(-1)!
  }
  afterEach(() => {
    for (const store of opened.splice(0)) store.close()
  })

  describe('after a crash', () => {
    it('ignores a journal that was folded in but not removed, and starts a new one', () => {
      const store = open()
      put(store, { a: 'old', b: 'old' })
      put(store, { a: 'new' })
      copyFileSync(at('a.journal'), at('stale'))
      put(store, { b: 'folded' }, true)
      copyFileSync(at('stale'), at('a.journal'))
      const other = open()
      assert.deepEqual(content(other), { a: 'new', b: 'folded' })
      put(store, { c: 'later' })
      assert.deepEqual(content(other), { a: 'new', b: 'folded', c: 'later' })
    })

    it('sees a new journal that got the inode of the stale one', () => {
      put(open(), { a: 'one' }, true)
      const stale = Buffer.concat(
        [0, 1].map(() => encodeHeader({ kind: 'journal', id: newId(), base: newId() })),
      )
      for (let round = 0; round < 20; round += 1) {
        writeFileSync(at('a.journal'), stale)
        const [reader, writer, second] = [open(), open(), open()]
        for (const each of [reader, second]) assert.equal(text(each.get('a')), 'one')
        put(writer, { b: `${round}` })
        assert.equal(text(reader.get('b')), `${round}`)
        put(second, { c: `${round}` })
        assert.deepEqual(content(open()), { a: 'one', b: `${round}`, c: `${round}` })
        put(writer, {}, true)
        for (const each of [reader, writer, second]) each.close()
      }
    })

    it('takes no notice of a journal whose writer died before it had a header, and replaces it', () => {
      put(open(), { a: 'one' }, true)
      const header = encodeHeader({ kind: 'journal', id: newId(), base: newId() })
      for (const unborn of [
        Buffer.alloc(0),
        Buffer.alloc(500),
        header.subarray(0, 5),
        header.subarray(0, 63),
      ]) {
        writeFileSync(at('a.journal'), unborn)
        const store = open()
        assert.deepEqual(content(store), { a: 'one' })
        put(store, { b: 'two' })
        assert.deepEqual(content(open()), { a: 'one', b: 'two' })
        store.writeSync(writeOf([{ key: 'b', bytes: undefined }], { durable: true, settle: true }))
      }
    })

    it('drops a batch that was torn, at every byte, and appends over it', () => {
      const store = open()
      put(store, { a: 'one' })
      put(store, { b: 'two' })
      const sound = statSync(at('a.journal')).size
      put(store, { b: 'three', c: 'four' }, false)
      const whole = readFileSync(at('a.journal'))
      store.close()
      for (let length = sound; length < whole.length; length += 1) {
        writeFileSync(at('a.journal'), whole.subarray(0, length))
        const next = open()
        assert.deepEqual(content(next), { a: 'one', b: 'two' })
        put(next, { d: 'five' })
        assert.deepEqual(content(open()), { a: 'one', b: 'two', d: 'five' })
        for (const each of opened.splice(0)) each.close()
      }
    })

    it('sweeps temporary files that a killed writer left, and keeps files of the user', () => {
      const store = open()
      put(store, { a: 'one' }, true)
      copyFileSync(at('a'), at('a.1234567'))
      writeFileSync(at('a.7654321'), '')
      writeFileSync(at('a.123'), "the user's own")
      mkdirSync(at('a.456'))
      execFileSync('mkfifo', [at('a.789')])
      copyFileSync(at('a'), at('b.1234567'))
      put(store, { b: 'two' }, true)
      assert.deepEqual(readdirSync(at()).sort(), ['a', 'a.123', 'a.456', 'a.789', 'b.1234567'])
      assert.equal(readFileSync(at('a.123'), 'utf8'), "the user's own")
    })

    it('drops a journal whose dictionary was removed', () => {
      const store = open()
      put(store, { a: 'one' })
      put(store, { b: 'two' })
      unlinkSync(at('a'))
      assert.deepEqual(content(store), {})
      put(store, { c: 'three' })
      assert.deepEqual(content(open()), { c: 'three' })
    })

    it('opens after any kill of a process that writes and settles, with all that it acknowledged', async () => {
      let acknowledged = 0
      for (let round = 0; round < 6; round += 1) {
        const child = runChild(`
          import { FileStore } from 'lib/stores/file/file-store.ts'
          import { writeOf } from 'lib/stores/store.ts'
          const store = new FileStore(${JSON.stringify(at('a'))})
          for (let n = ${acknowledged}; ; n += 1) {
            const bytes = Buffer.from(String(n))
            const changes = [{ key: 'first', bytes }, { key: 'k' + n % 50, bytes: Buffer.alloc(20_000, n) }, { key: 'last', bytes }]
            store.writeSync(writeOf(changes, { durable: false, settle: n % 3 === 0 }))
            console.log(n)
          }
        `)
        for (let lines = 0; lines < 20 + round * 7; lines += 1) acknowledged = Number(await child.line())
        await child.kill()
        const store = open()
        const first = Number(text(store.get('first')))
        assert.equal(Number(text(store.get('last'))), first)
        assert.ok(first >= acknowledged, `${first} < ${acknowledged}`)
        acknowledged = first
        put(store, { after: 'x' }, true)
        assert.deepEqual(readdirSync(at()), ['a'])
        store.close()
      }
    })
  })

  describe('with several users', () => {
    it('shows each of two stores on one file what the other wrote', () => {
      const [one, other] = [open(), open()]
      for (let n = 0; n < 30; n += 1) {
        put(n % 2 ? one : other, { [`k${n % 7}`]: `${n}` }, n % 5 === 0)
        assert.equal(text(one.get(`k${n % 7}`)), `${n}`)
        assert.equal(text(other.get(`k${n % 7}`)), `${n}`)
      }
      assert.deepEqual(content(one), content(other))
    })

    it('loses no key of 4 processes that write 250 each, of which some are killed and started again', async () => {
      const source = (name: string, from: number) => `
        import { FileStore } from 'lib/stores/file/file-store.ts'
        import { writeOf } from 'lib/stores/store.ts'
        const store = new FileStore(${JSON.stringify(at('a'))})
        for (let n = ${from}; n < 250; n += 1) {
          const change = { key: '${name}' + n, bytes: Buffer.alloc(n * 20, n) }
          await store.write(writeOf([change], { durable: n % 10 === 0, settle: n % 25 === 0 }))
          console.log(n)
        }
        console.log('end')
      `
      const run = async (name: string, kills: number) => {
        let next = 0
        for (let round = 0; round <= kills; round += 1) {
          const child = runChild(source(name, next))
          for (let said = ''; said !== 'end'; ) {
            said = await child.line()
            if (said !== 'end') next = Number(said) + 1
            if (round < kills && next >= (round + 1) * 60) break
          }
          if (round < kills) await child.kill()
          else await child.end()
        }
      }
      await Promise.all([run('a', 0), run('b', 2), run('c', 3), run('d', 0)])
      const store = open()
      for (const name of 'abcd') {
        for (let n = 0; n < 250; n += 1) assert.deepEqual(store.get(`${name}${n}`), Buffer.alloc(n * 20, n))
      }
      assert.equal(Object.keys(content(store)).length, 1_000)
      put(store, {}, true)
      assert.deepEqual(readdirSync(at()), ['a'])
    })

    it('shows readers, while it is folded again and again, whole states in their order', async () => {
      const child = runChild(`
        import { FileStore } from 'lib/stores/file/file-store.ts'
        import { writeOf } from 'lib/stores/store.ts'
        const store = new FileStore(${JSON.stringify(at('a'))})
        console.log('ready')
        for (let n = 0; n < 600; n += 1) {
          const changes = Array.from({ length: 5 }, (_, k) => ({ key: 'k' + k, bytes: Buffer.from(String(n)) }))
          store.writeSync(writeOf(changes, { durable: false, settle: n % 2 === 0 }))
        }
        console.log('done')
      `)
      await child.line()
      const done = child.line()
      const reader = open()
      let isDone = false
      void done.then(() => (isDone = true))
      const seen = new Set<number>()
      let last = -1
      while (!isDone) {
        const states = [...reader.entries()].map(([, bytes]) => Number(text(bytes)))
        assert.ok(states.length === 0 || states.length === 5, `${states.length} keys`)
        assert.equal(new Set(states).size <= 1, true, `a mixture: ${states}`)
        const got = reader.get('k3')
        if (got !== undefined) {
          assert.ok(Number(text(got)) >= (states[0] ?? -1))
          last = Number(text(got))
        }
        assert.ok((states[0] ?? -1) <= last || last === -1)
        seen.add(last)
        await new Promise(setImmediate)
      }
      await child.end()
      assert.ok(seen.size > 20, `only ${seen.size} states were seen`)
      assert.equal(text(reader.get('k3')), '599')
    })

    it('meets itself through symbolic links', async () => {
      mkdirSync(at('real'))
      symlinkSync(at('real'), at('link'))
      assert.equal(openStoreAt(at('real/a')), openStoreAt(at('link/a')))
      const store = openStoreAt(at('link/a')) as FileStore
      put(store, { a: 'one' }, true)
      symlinkSync(at('real/a'), at('file link'))
      assert.equal(openStoreAt(at('file link')), store)
      await closeStores()
      assert.deepEqual(readdirSync(at('real')), ['a'])
      put(openStoreAt(at('file link')) as FileStore, { b: 'two' }, true)
      assert.deepEqual(readdirSync(at()).sort(), ['file link', 'link', 'real'])
      assert.deepEqual(content(openStoreAt(at('real/a')) as FileStore), { a: 'one', b: 'two' })
      await closeStores()
    })
  })

  describe('on bad ground', () => {
    it('refuses what is not ours, for reading and writing, and changes nothing of it', () => {
      writeFileSync(at('a'), 'Dear diary,\n'.repeat(20))
      writeFileSync(at('b'), '')
      put(open('c'), { a: 'one' }, true)
      writeFileSync(at('c.journal'), "the user's own journal")
      symlinkSync(at('nowhere'), at('d'))
      const before = pictureOf(at())
      for (const name of ['a', 'c', 'd']) {
        const store = open(name)
        for (const use of [
          () => store.get('a'),
          () => content(store),
          () => put(store, { a: 'x' }),
          () => put(store, {}, true),
        ]) {
          assert.throws(use, error => isCacheError(error, 'ERR_CACHE_FORMAT'), name)
        }
      }
      assert.deepEqual(pictureOf(at()), before)
    })

    it('says what the system refused', () => {
      writeFileSync(at('file'), '')
      const isWriteError = (error: unknown) =>
        isCacheError(error, 'ERR_CACHE_WRITE') && error.details.path === at('file/a')
      assert.throws(() => put(open('file/a'), { a: 'one' }), isWriteError)
      assert.equal(open('file/a').get('a'), undefined)
      const long = 'n'.repeat(250)
      assert.throws(
        () => put(open(long), { a: 'one' }),
        error => isCacheError(error, 'ERR_CACHE_WRITE') && /ENAMETOOLONG/.test(error.message),
      )
      assert.deepEqual(readdirSync(at()), ['file'])
      put(open('n'.repeat(200)), { a: 'one' })
      put(open('n'.repeat(200)), { b: 'two' }, true)
      assert.deepEqual(content(open('n'.repeat(200))), { a: 'one', b: 'two' })
    })

    it('trusts no journal whose sync has failed: the next write replaces the dictionary', () => {
      const store = open()
      put(store, { a: '1' }, true)
      put(store, { a: '2' })
      const restore = interceptFiles(({ name, run }) => {
        if (name === 'fdatasyncSync') throw refusal('EIO', name)
        return run()
      })
      try {
        assert.throws(() => put(store, { a: '3' }))
      } finally {
        restore()
      }
      put(store, { b: '4' })
      assert.equal(existsSync(at('a.journal')), false)
      assert.equal(content(open()).b, '4')
    })

    it('leaves the old content whole and no litter on a full disk, and goes on when there is room', function () {
      const disk = at('disk')
      mkdirSync(disk)
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' })
      } catch {
        // Only root may mount a disk that is small enough to fill.
        this.skip()
      }
      try {
        const store = open('disk/a')
        put(store, { a: 'one' }, true)
        put(store, { b: 'two' })
        const names = readdirSync(disk)
        const large = 'x'.repeat(2_000_000)
        const isFull = (error: unknown) =>
          isCacheError(error, 'ERR_CACHE_WRITE') && error.details.errno === 'ENOSPC'
        for (const settle of [false, true]) {
          assert.throws(() => put(store, { large, a: 'lost' }, settle), isFull)
          assert.deepEqual(content(store), { a: 'one', b: 'two' })
          assert.deepEqual(content(open('disk/a')), { a: 'one', b: 'two' })
          assert.deepEqual(readdirSync(disk), names)
        }
        writeFileSync(`${disk}/ballast`, '')
        assert.throws(() => appendFileSync(`${disk}/ballast`, Buffer.alloc(2_000_000)))
        assert.throws(() => put(store, { c: 'x'.repeat(10_000) }), isFull)
        unlinkSync(`${disk}/ballast`)
        put(store, { c: 'three' })
        put(store, { d: 'four' }, true)
        assert.deepEqual(content(open('disk/a')), { a: 'one', b: 'two', c: 'three', d: 'four' })
        assert.deepEqual(readdirSync(disk), ['a'])
      } finally {
        for (const each of opened) each.close()
        execFileSync('umount', [disk])
      }
    })

    it('can be read, and says that it cannot be written, in a folder that is read-only', async function () {
      // Permissions do not bind root: the reader runs as somebody else.
      if (process.getuid?.() !== 0) this.skip()
      const store = open()
      put(store, { a: 'one' })
      put(store, { b: 'two' })
      for (const name of ['a', 'a.journal']) chmodSync(at(name), 0o644)
      chmodSync(at(), 0o555)
      const child = runChild(
        `
        import { FileStore } from 'lib/stores/file/file-store.ts'
        import { writeOf } from 'lib/stores/store.ts'
        const store = new FileStore(${JSON.stringify(at('a'))})
        console.log([...store.entries()].map(([key, bytes]) => key + '=' + Buffer.from(bytes)).join())
        console.log(Buffer.from(store.get('b')).toString())
        try {
          store.writeSync(writeOf([{ key: 'c', bytes: new Uint8Array(1) }], { durable: false }))
        } catch (error) {
          console.log(error.code, error.details.errno)
        }
      `,
        { uid: 65534, env: { HOME: '/nonexistent', TMPDIR: '/tmp' } },
      )
      assert.equal(await child.line(), 'a=one,b=two')
      assert.equal(await child.line(), 'two')
      assert.equal(await child.line(), 'ERR_CACHE_WRITE EACCES')
      await child.end()
      chmodSync(at(), 0o700)
      assert.deepEqual(content(open()), { a: 'one', b: 'two' })
    })
  })

  it('keeps its files to the user, and the mode of one that the user changed', () => {
    const store = open('new/sub/a')
    put(store, { a: 'one' })
    put(store, { b: 'two' })
    assert.equal(statSync(at('new')).mode & 0o777, 0o700)
    assert.equal(statSync(at('new/sub')).mode & 0o777, 0o700)
    assert.equal(statSync(at('new/sub/a')).mode & 0o777, 0o600)
    assert.equal(statSync(at('new/sub/a.journal')).mode & 0o777, 0o600)
    chmodSync(at('new/sub/a'), 0o640)
    if (process.getuid?.() === 0) chownSync(at('new/sub/a'), 65534, 65534)
    const { uid } = statSync(at('new/sub/a'))
    put(store, { c: 'three' }, true)
    assert.equal(statSync(at('new/sub/a')).mode & 0o777, 0o640)
    assert.equal(statSync(at('new/sub/a')).uid, uid)
  })

  it('creates nothing before the first write', () => {
    const store = open('sub/a')
    assert.equal(store.get('a'), undefined)
    assert.deepEqual([...store.entries()], [])
    store.snapshot().close()
    assert.deepEqual(readdirSync(at()), [])
  })

  it('prepares its folder once, before the first write', () => {
    let prepared = 0
    const store = new FileStore(at('a'), () => {
      prepared += 1
    })
    store.get('a')
    assert.equal(prepared, 0)
    put(store, { a: 'one', b: 'two' })
    assert.equal(prepared, 1)
    store.close()
  })

  it('leaks no open file over 1,000 openings, folds, snapshots and listings', async () => {
    put(open(), { a: 'one' })
    put(open(), { b: 'two' })
    for (const each of opened.splice(0)) each.close()
    const before = openFiles()
    for (let n = 0; n < 1_000; n += 1) {
      const store = new FileStore(at('a'))
      const other = new FileStore(at('a'))
      other.get('a')
      store.entries()
      for (const _ of store.entries()) break
      const snapshot = store.snapshot()
      if (n % 20 === 0) put(store, { [`k${n}`]: 'x' }, true)
      else if (n % 5 === 0)
        await store.write(writeOf([{ key: 'y', bytes: new Uint8Array(1) }], { durable: true }))
      else put(store, { x: `${n}` })
      other.get('a')
      snapshot.close()
      store.close()
      other.close()
    }
    assert.ok(openFiles() <= before, `${openFiles()} > ${before}`)
    writeFileSync(at('a'), 'not ours')
    for (let n = 0; n < 100; n += 1) assert.throws(() => open().get('a'))
    assert.ok(openFiles() <= before, `${openFiles()} > ${before}`)
  })

  it('folds a journal that outgrew its limit, and keeps it below that', () => {
    const store = open()
    put(store, { a: 'one' })
    const large = 'x'.repeat(1_000_000)
    for (let n = 0; n < 12; n += 1) {
      put(store, { large: large + n })
      const journal = existsSync(at('a.journal')) ? statSync(at('a.journal')).size : 0
      assert.ok(journal <= 6_000_000, `${journal}`)
    }
    assert.equal(text(store.get('large')), `${large}11`)
    assert.equal(text(store.get('a')), 'one')
  })

  it('lists last what one settled write deletes and puts again after others', () => {
    const store = open()
    put(store, { a: '1', b: '1' }, true)
    const changes = [
      { key: 'a', bytes: undefined },
      { key: 'z', bytes: Buffer.from('1') },
      { key: 'a', bytes: Buffer.from('2') },
    ]
    store.writeSync(writeOf(changes, { durable: true, settle: true }))
    assert.deepEqual(Object.keys(content(store)), ['b', 'z', 'a'])
  })

  it('keeps a damaged record of the journal apart from an older value', () => {
    const store = open()
    put(store, { a: 'old', b: 'old' }, true)
    put(store, { a: 'new' })
    const journal = readFileSync(at('a.journal'))
    for (let byte = 128; byte < 152; byte += 1) {
      const damaged = Buffer.from(journal)
      damaged[byte]! ^= 0x10
      writeFileSync(at('a.journal'), damaged)
      const reader = open()
      assert.notEqual(text(reader.get('a')), 'old', `byte ${byte}`)
      assert.equal(text(reader.get('b')), 'old')
      assert.deepEqual(
        Object.keys(content(reader)).filter(key => key !== 'a'),
        ['b'],
      )
      assert.notEqual(content(reader).a, 'old')
      reader.close()
    }
    writeFileSync(at('a.journal'), Buffer.concat([Buffer.alloc(128), journal.subarray(128)]))
    assert.throws(
      () => open().get('a'),
      error => isCacheError(error, 'ERR_CACHE_FORMAT'),
    )
    truncateSync(at('a.journal'), 0)
    assert.equal(text(open().get('a')), 'old')
  })
})

function put(store: FileStore, values: Readonly<Record<string, string>>, settle?: boolean): void {
  const changes = Object.entries(values).map(([key, value]) => ({ key, bytes: Buffer.from(value) }))
  if (settle === undefined && changes.length > 1)
    for (const change of changes) store.writeSync(writeOf([change], { durable: true }))
  else store.writeSync(writeOf(changes, { durable: true, settle: settle === true }))
}

function content(store: FileStore): Record<string, string> {
  return Object.fromEntries([...store.entries()].map(([key, bytes]) => [key, text(bytes)!]))
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString()
}
