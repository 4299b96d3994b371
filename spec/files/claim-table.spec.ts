import assert from 'node:assert/strict'
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { BLOCK_BYTES, ClaimSegment } from '../../lib/files/claim-segment.ts'
import { ClaimTable, seemsAlive } from '../../lib/files/claim-table.ts'
import { newOwner } from '../../lib/files/owner.ts'
import { runChild } from '../support/child.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const [A, B, C] = ['a', 'b', 'c'].map(letter => letter.repeat(16)) as [string, string, string]
const DEAD = '1.1.00000000.1.x'

describe('ClaimTable', () => {
  const at = temporaryFolder()
  let fd: number

  beforeEach(() => {
    fd = openSync(at('x'), 'w+')
  })
  afterEach(() => closeSync(fd))

  const place = (offset: number, owner: string, ...claims: readonly (readonly [string, string?])[]) => {
    const segment = new ClaimSegment(owner, ClaimSegment.sizeFor(claims.length))
    for (const [hash, awaited] of claims) segment.put(hash, awaited)
    segment.place(fd, offset)
    return segment.sizeBytes
  }
  const read = () => new ClaimTable().read(fd)

  it('finds the living that hold something, one hash or many', () => {
    const [one, other] = [newOwner(), newOwner()]
    place(0, one, [A], [B])
    place(BLOCK_BYTES, DEAD, [C])
    place(2 * BLOCK_BYTES, other, [B])
    assert.deepEqual([...read().holders([A], [])], [[A, one]])
    assert.deepEqual([...read().holders([C], [])], [])
    assert.deepEqual(
      new Map(read().holders([A, B, C], [])),
      new Map([
        [A, one],
        [B, one],
      ]),
    )
    assert.deepEqual([...read().holders([A, B, C], [0])], [[B, other]])
    assert.deepEqual([...read().holders([], [])], [])
  })

  it('does not take a hash that begins the same, or that is waited for, for a claim', () => {
    place(0, newOwner(), [`aaaa${B.slice(4)}`], [B, A])
    assert.equal(read().holders([A], []).size, 0)
    assert.equal(read().holders([A, C], []).size, 0)
  })

  it('tells what waits for what, of the living', () => {
    place(0, newOwner(), [A], [A, B], [A, C])
    place(BLOCK_BYTES, DEAD, [B, C])
    place(2 * BLOCK_BYTES, newOwner(), [C, A])
    assert.deepEqual(
      read().edges(),
      new Map([
        [A, [B, C]],
        [C, [A]],
      ]),
    )
  })

  it('reads a file that outgrew what it read before', () => {
    const table = new ClaimTable()
    assert.deepEqual(table.read(fd).segments(), [])
    const owner = newOwner()
    let end = 0
    while (end < 200_000) end += place(end, newOwner())
    place(end, owner, [A])
    assert.equal(table.read(fd).holders([A], []).get(A), owner)
    assert.equal(table.content.length, end + BLOCK_BYTES)
    ftruncateSync(fd, 0)
    assert.equal(table.read(fd).holders([A], []).size, 0)
  })

  it('finds what lies behind garbage, and in a file that was cut off anywhere', () => {
    const owner = newOwner()
    place(0, newOwner(), [B])
    place(3 * BLOCK_BYTES, owner, [A])
    writeSync(fd, Buffer.alloc(3 * BLOCK_BYTES, 'garbage'), 0, 3 * BLOCK_BYTES, 0)
    assert.deepEqual(read().segments(), [{ offset: 3 * BLOCK_BYTES, sizeBytes: BLOCK_BYTES, owner }])
    assert.equal(read().holders([A], []).get(A), owner)
    for (let length = 4 * BLOCK_BYTES; length > 0; length -= 13) {
      ftruncateSync(fd, length)
      assert.equal(read().holders([A], []).has(A), length >= 3 * BLOCK_BYTES + 160)
      read().edges()
    }
  })

  it('passes over a header of an impossible size, and of another version', () => {
    const header = Buffer.alloc(BLOCK_BYTES)
    for (const [version, size] of [
      [1, 0],
      [1, 100],
      [1, -2048],
      [1, 2 ** 30],
      [2, 2048],
    ] as const) {
      place(0, newOwner(), [A])
      header.write('\x89CLAIM\r\n', 'latin1')
      header.writeInt32LE(version, 8)
      header.writeInt32LE(size, 12)
      writeSync(fd, header, 0, BLOCK_BYTES, 0)
      assert.deepEqual(read().segments(), [])
    }
  })
})

describe('seemsAlive', () => {
  it('takes what names nobody for dead', () => {
    for (const nobody of ['', 'x', DEAD, 'root@host.1:2']) assert.equal(seemsAlive(nobody), false)
    assert.equal(seemsAlive(newOwner()), true)
  })

  it('notices a death within 100 ms', async () => {
    const child = runChild(`
      import { newOwner } from 'lib/files/owner.ts'
      console.log(newOwner())
      setInterval(() => {}, 1000)`)
    const owner = await child.line()
    assert.equal(seemsAlive(owner), true)
    await child.kill()
    const goneMs = performance.now()
    while (seemsAlive(owner)) assert.ok(performance.now() - goneMs < 200)
  })
})
