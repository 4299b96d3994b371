import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { isCacheError } from '../../lib/base/errors.ts'
import {
  extendClaimFile,
  forgetClaimFile,
  isClaimFileAt,
  joinClaimFile,
  leaveClaimFile,
  peekClaimFile,
} from '../../lib/files/claim-file.ts'
import { BLOCK_BYTES, ClaimSegment } from '../../lib/files/claim-segment.ts'
import { newOwner } from '../../lib/files/owner.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const DEAD = '1.1.00000000.1.x'
const isRefused = (error: unknown) => isCacheError(error, 'ERR_CACHE_FORMAT')

describe('A file of claims', () => {
  const at = temporaryFolder()
  let open: number[]

  beforeEach(() => {
    open = []
  })
  afterEach(() => {
    for (const fd of open) closeSync(fd)
  })

  const segmentOf = (owner: string, slots = 1) => new ClaimSegment(owner, ClaimSegment.sizeFor(slots))
  const join = (owner: string, ...slots: readonly number[]) => {
    const segments = slots.map(count => segmentOf(owner, count))
    const fd = joinClaimFile(at('x'), owner, segments)
    open.push(fd)
    return { fd, segments }
  }
  const offsets = () =>
    peekClaimFile(at('x'))!
      .segments()
      .map(({ offset }) => offset / BLOCK_BYTES)

  it('is created private to the user, with its folder, and without a trace of the lock', () => {
    const fd = joinClaimFile(at('sub/x'), 'me', [segmentOf(newOwner())])
    closeSync(fd)
    assert.equal(statSync(at('sub/x')).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(at('sub')), ['x'])
  })

  it('gives the first gap that is large enough, or that the dead leave, to whoever comes', () => {
    const owner = newOwner()
    join(DEAD, 1)
    join(newOwner(), 1)
    assert.deepEqual(offsets(), [0])
    const { fd } = join(owner, 61)
    join(newOwner(), 1)
    assert.deepEqual(offsets(), [0, 1, 3])
    leaveClaimFile(at('x'), fd, owner)
    assert.deepEqual(offsets(), [0, 3])
    join(newOwner(), 1)
    join(newOwner(), 61)
    join(newOwner(), 1)
    assert.deepEqual(offsets(), [0, 1, 2, 3, 4])
  })

  it('never grows beyond the most that lived at once', () => {
    join(newOwner(), 1)
    for (let round = 0; round < 50; round += 1) join(DEAD.replace('x', `x${round}`), 1 + (round % 7) * 100)
    assert.ok(statSync(at('x')).size <= BLOCK_BYTES + ClaimSegment.sizeFor(601))
  })

  it('forgets what the same owner had there before', () => {
    const owner = newOwner()
    join(owner, 1, 61)
    join(owner, 1)
    assert.deepEqual(offsets(), [0])
  })

  it('is extended, cut off at its end, and removed by the last to leave', () => {
    const [one, other] = [newOwner(), newOwner()]
    const { fd } = join(one, 1)
    const { fd: otherFd } = join(other, 1)
    extendClaimFile(at('x'), fd, segmentOf(one, 61))
    assert.deepEqual(offsets(), [0, 1, 2])
    leaveClaimFile(at('x'), fd, one, new Set([0]))
    assert.deepEqual(offsets(), [0, 1])
    assert.equal(statSync(at('x')).size, 2 * BLOCK_BYTES)
    leaveClaimFile(at('x'), fd, one)
    assert.deepEqual(offsets(), [1])
    leaveClaimFile(at('x'), otherFd, other)
    assert.deepEqual(readdirSync(at()), [])
  })

  it('is removed although the dead have something in it', () => {
    const owner = newOwner()
    join(DEAD, 61)
    const { fd } = join(owner, 61)
    join(DEAD, 61)
    leaveClaimFile(at('x'), fd, owner)
    assert.equal(existsSync(at('x')), false)
  })

  it('is not removed in place of another one that lies there now', () => {
    const [one, other] = [newOwner(), newOwner()]
    const { fd } = join(one, 1)
    assert.equal(isClaimFileAt(at('x'), fd), true)
    renameSync(at('x'), at('moved'))
    assert.equal(isClaimFileAt(at('x'), fd), false)
    join(other, 1)
    assert.equal(isClaimFileAt(at('x'), fd), false)
    leaveClaimFile(at('x'), fd, one)
    assert.deepEqual(offsets(), [0])
  })

  it('is free of what an owner had when it is forgotten', () => {
    const owner = newOwner()
    forgetClaimFile(joinClaimFile(at('x'), owner, [segmentOf(owner)]), owner)
    assert.deepEqual(offsets(), [])
  })

  it('is made of one that is empty, blank, cut off, or damaged', () => {
    const owner = newOwner()
    join(newOwner(), 1)
    const whole = readFileSync(at('x'))
    for (const content of [
      Buffer.alloc(0),
      Buffer.alloc(5),
      Buffer.alloc(10_000),
      whole.subarray(0, 5),
      whole.subarray(0, 100),
      Buffer.concat([whole.subarray(0, 128), Buffer.alloc(5000, 'garbage')]),
      Buffer.concat([whole.fill(0xff, 12, 16), Buffer.alloc(5000, 'garbage')]),
    ]) {
      writeFileSync(at('x'), content)
      const { segments } = join(owner, 1)
      assert.equal(peekClaimFile(at('x'))!.segments().at(-1)!.owner, owner)
      assert.ok(segments[0]!.isIn(readFileSync(at('x'))))
    }
  })

  it('keeps the living that lie behind damage', () => {
    const [one, other] = [newOwner(), newOwner()]
    join(one, 1)
    join(other, 1)
    const content = readFileSync(at('x')).fill('?', 0, 500)
    writeFileSync(at('x'), content)
    assert.equal(join(newOwner(), 1).segments[0]!.offset, 0)
    assert.deepEqual(offsets(), [0, 1])
    truncateSync(at('x'), BLOCK_BYTES + 1000)
    assert.equal(join(newOwner(), 1).segments[0]!.offset, 2 * BLOCK_BYTES)
  })

  it('is never made of what is not ours, or of another version: that is left as it is', () => {
    join(newOwner(), 1)
    const newer = readFileSync(at('x'))
    newer.writeUInt32LE(2, 8)
    for (const content of [newer, Buffer.from("the user's own"), Buffer.alloc(9000, 'text')]) {
      writeFileSync(at('x'), content)
      assert.throws(() => join(newOwner(), 1), isRefused)
      assert.deepEqual(readFileSync(at('x')), content)
    }
    mkdirSync(at('folder'))
    assert.throws(() => joinClaimFile(at('folder'), newOwner(), []), { code: 'EISDIR' })
    assert.throws(() => peekClaimFile(at('folder')), isRefused)
    execFileSync('mkfifo', [at('pipe')])
    assert.throws(() => joinClaimFile(at('pipe'), newOwner(), []), isRefused)
    assert.throws(() => peekClaimFile(at('pipe')), isRefused)
    assert.equal(peekClaimFile(at('nothing')), undefined)
  })
})
