import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { isCacheError } from '../../../lib/base/errors.ts'
import { encodeHeader, HEADER_BYTES, newId } from '../../../lib/files/file-header.ts'
import { keyHash, RECORD_HEAD_BYTES } from '../../../lib/files/record.ts'
import { DictionaryFile, writeDictionary } from '../../../lib/stores/file/dictionary-file.ts'
import { interceptFiles } from '../../support/file-operations.ts'
import { openFiles, pictureOf } from '../../support/same-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('DictionaryFile', () => {
  const at = temporaryFolder()

  it('holds nothing where there is no file, or an empty one', () => {
    assert.deepEqual(read(at('none')), {})
    writeFileSync(at('empty'), '')
    assert.deepEqual(read(at('empty')), {})
  })

  it('is opened where it comes between two looks', () => {
    let looks = 0
    const restore = interceptFiles(({ name, args, run }) => {
      const result = run()
      // Somebody makes it just after the first look has found nothing.
      if (name === 'statSync' && args[0] === at('late') && ++looks === 1) write(at('late'), { k: 'v' })
      return result
    }, true)
    try {
      assert.deepEqual(Object.keys(read(at('late'))), ['k'])
    } finally {
      restore()
    }
    assert.ok(looks > 1)
  })

  it('is sound where everything in it was deleted', () => {
    write(at('a'), {})
    const file = DictionaryFile.open(at('a'))
    assert.equal(file.lost, 0)
    assert.deepEqual([...file.records()], [])
    file.close()
  })

  it('lists records in the order in which they were written, and finds each by its key', () => {
    const values = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [`key ${n * 7}`, `${n}`.repeat(n % 50)]),
    )
    write(at('a'), values)
    assert.deepEqual(read(at('a')), values)
    const file = DictionaryFile.open(at('a'))
    assert.equal(file.lost, 0)
    for (const [key, value] of Object.entries(values)) assert.equal(text(file.get(Buffer.from(key))), value)
    for (const key of ['key 1', '', 'key']) assert.equal(file.get(Buffer.from(key)), undefined)
    file.close()
  })

  it('tells keys apart whose hashes are the same', () => {
    const [one, other] = collision()
    assert.notEqual(one, other)
    assert.equal(keyHash(Buffer.from(one)), keyHash(Buffer.from(other)))
    write(at('a'), { [one]: 'one', x: 'x', [other]: 'other' })
    for (const spoil of [false, true]) {
      // The second round finds them without the index.
      if (spoil) flip(at('a'), statSync(at('a')).size - HEADER_BYTES - 12)
      const file = DictionaryFile.open(at('a'))
      assert.equal(text(file.get(Buffer.from(one))), 'one')
      assert.equal(text(file.get(Buffer.from(other))), 'other')
      file.close()
    }
    write(at('b'), { [one]: 'one' })
    const file = DictionaryFile.open(at('b'))
    assert.equal(file.get(Buffer.from(other)), undefined)
    file.close()
  })

  it('shows, with any one bit of it flipped, every value as it was, or damage of one alone', () => {
    const values = {
      a: 'value of a',
      'a longer key': 'value of another, longer',
      '': 'value of the empty key',
      d: '',
    }
    write(at('a'), values)
    const sound = readFileSync(at('a'))
    for (let bit = 0; bit < sound.length * 8; bit += 1) {
      const bytes = Buffer.from(sound)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      writeFileSync(at('b'), bytes)
      assertHurtsOne(at('b'), values, `bit ${bit}`)
    }
  })

  it('shows damage, and not nothing, under a key whose own bytes are hurt', () => {
    write(at('a'), { key: 'value' })
    flip(at('a'), HEADER_BYTES + RECORD_HEAD_BYTES)
    const file = DictionaryFile.open(at('a'))
    assert.deepEqual(file.get(Buffer.from('key')), new Uint8Array(0))
    file.close()
  })

  it('shows the same for 1,000 random bits of a larger one', () => {
    const values = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`key ${n}`, `value ${n} `.repeat(n % 30)]),
    )
    write(at('a'), values)
    const sound = readFileSync(at('a'))
    for (let round = 0; round < 1_000; round += 1) {
      const bit = Math.floor(Math.random() * sound.length * 8)
      const bytes = Buffer.from(sound)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      writeFileSync(at('b'), bytes)
      assertHurtsOne(at('b'), values, `bit ${bit}`)
    }
  }).timeout(60_000)

  it('shows, cut off at any byte, the values that are whole', () => {
    const values = { a: 'value of a', b: 'value of b', c: 'value of c' }
    write(at('a'), values)
    const size = statSync(at('a')).size
    let seen = 3
    for (let length = size - 1; length >= 0; length -= 1) {
      truncateSync(at('a'), length)
      const shown = read(at('a'))
      for (const [key, value] of Object.entries(shown))
        assert.equal(value, values[key as keyof typeof values])
      assert.ok(Object.keys(shown).length <= seen)
      seen = Object.keys(shown).length
      if (length >= size - HEADER_BYTES) assert.equal(seen, 3)
    }
    assert.equal(seen, 0)
  })

  it('finds every value without its index, and says that something was lost', () => {
    const values = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`key ${n}`, `${n}`]))
    write(at('a'), values)
    const size = statSync(at('a')).size
    flip(at('a'), size - HEADER_BYTES - 2_000)
    const file = DictionaryFile.open(at('a'))
    assert.ok(file.lost > 0)
    file.close()
    assert.deepEqual(read(at('a')), values)
    appendFileSync(at('a'), 'somebody added this')
    assert.deepEqual(read(at('a')), values)
  })

  it('takes no record inside a value for one of its own when it has to search', () => {
    write(at('inner'), { a: 'wrong', b: 'wrong' })
    const inner = readFileSync(at('inner'))
    writeDictionary(at('a'), [
      { key: Buffer.from('copy'), body: inner },
      { key: Buffer.from('a'), body: Buffer.from('right') },
    ])
    flip(at('a'), statSync(at('a')).size - HEADER_BYTES - 12)
    const own = readFileSync(at('a'))
    writeDictionary(at('b'), [
      { key: Buffer.from('own'), body: own },
      { key: Buffer.from('a'), body: Buffer.from('right') },
    ])
    const bytes = readFileSync(at('b'))
    bytes.writeUInt32LE(0, HEADER_BYTES)
    bytes.fill(0, bytes.length - HEADER_BYTES - 12, bytes.length)
    writeFileSync(at('b'), bytes)
    assert.deepEqual(read(at('b')), { a: 'right' })
  })

  it('leaves what is not ours exactly as it is', () => {
    mkdirSync(at('folder'))
    writeFileSync(at('text'), 'Dear diary,\n'.repeat(20))
    writeFileSync(at('10 bytes'), '0123456789')
    writeFileSync(at('zeros'), Buffer.alloc(10))
    writeFileSync(at('zip'), Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(200)]))
    writeFileSync(at('newer'), newerVersion())
    writeFileSync(at('journal'), encodeHeader({ kind: 'journal', id: newId() }))
    execFileSync('mkfifo', [at('fifo')])
    symlinkSync(at('nowhere'), at('dangling'))
    const before = pictureOf(at())
    const names = ['folder', 'text', '10 bytes', 'zeros', 'zip', 'newer', 'journal', 'fifo', 'dangling']
    const files = openFiles()
    for (const name of names) {
      assert.throws(
        () => DictionaryFile.open(at(name)),
        error => isCacheError(error, 'ERR_CACHE_FORMAT'),
        name,
      )
    }
    assert.ok(openFiles() <= files)
    assert.deepEqual(pictureOf(at()), before)
    assert.throws(() => DictionaryFile.open(at('newer')), /version 2/)
  })

  it('shows what it showed when it was opened, after it was replaced', () => {
    write(at('a'), { a: 'old' })
    const file = DictionaryFile.open(at('a'))
    write(at('a'), { a: 'new' })
    assert.equal(text(file.get(Buffer.from('a'))), 'old')
    file.close()
    assert.deepEqual(read(at('a')), { a: 'new' })
  })

  it('may be closed twice, and refuses to be read after that', () => {
    write(at('a'), { a: 'one' })
    const file = DictionaryFile.open(at('a'))
    file.close()
    const other = DictionaryFile.open(at('a'))
    file.close()
    assert.equal(text(other.get(Buffer.from('a'))), 'one')
    assert.throws(
      () => file.get(Buffer.from('a')),
      error => isCacheError(error, 'ERR_CACHE_CLOSED'),
    )
    other.close()
  })
})

function write(path: string, values: Readonly<Record<string, string>>): void {
  writeDictionary(
    path,
    Object.entries(values).map(([key, body]) => ({ key: Buffer.from(key), body: Buffer.from(body) })),
  )
}

function read(path: string): Record<string, string> {
  const file = DictionaryFile.open(path)
  try {
    return Object.fromEntries([...file.records()].map(({ key, body }) => [key.toString(), text(body)!]))
  } finally {
    file.close()
  }
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString()
}

function flip(path: string, byte: number): void {
  const bytes = readFileSync(path)
  bytes[byte]! ^= 1
  writeFileSync(path, bytes)
}

/** At most one key gives something else, and that is nothing, no bytes, or bytes that were never written. */
function assertHurtsOne(path: string, values: Readonly<Record<string, string>>, what: string): void {
  const file = DictionaryFile.open(path)
  try {
    const hurt = Object.keys(values).filter(key => text(file.get(Buffer.from(key))) !== values[key])
    assert.ok(hurt.length <= 1, `${what} hurt ${hurt.join()}`)
    const [key] = hurt
    if (key === undefined) return
    const shown = text(file.get(Buffer.from(key)))
    const isOfAnother = Object.values(values).includes(shown!) && shown !== ''
    assert.ok(!isOfAnother, `${what} gave the value of another key`)
  } finally {
    file.close()
  }
}

function newerVersion(): Uint8Array {
  const header = Buffer.from(encodeHeader({ kind: 'dictionary', id: newId() }))
  header.writeUInt16LE(2, 8)
  return Buffer.concat([header, header])
}

/** Two keys with one hash: found among enough of them. */
function collision(): [string, string] {
  const seen = new Map<number, string>()
  for (let serial = 0; ; serial += 1) {
    const key = `k${serial}`
    const hash = keyHash(Buffer.from(key))
    const before = seen.get(hash)
    if (before !== undefined) return [before, key]
    seen.set(hash, key)
  }
}
