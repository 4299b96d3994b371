import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, truncateSync, unlinkSync } from 'node:fs'
import { ClaimPlace } from '../../lib/files/claim-place.ts'
import { newOwner } from '../../lib/files/owner.ts'
import { runChild } from '../support/child.ts'
import { openFiles } from '../support/same-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const hashes = (count: number) => Array.from({ length: count }, (_, n) => `x${n}`.padEnd(16, '-'))

describe('ClaimPlace', () => {
  const at = temporaryFolder()
  const realNow = performance.now
  let places: ClaimPlace[]

  beforeEach(() => {
    places = []
  })
  afterEach(() => {
    performance.now = realNow
    for (const place of places) place.leave()
  })

  const newPlace = (owner = newOwner()) => {
    const place = new ClaimPlace(at('x'), owner, () => {})
    places.push(place)
    return place
  }
  const claim = (place: ClaimPlace, count: number) => {
    place.reserve(count)
    const slots = hashes(count).map(hash => place.put(hash))
    place.write()
    return slots
  }
  const seenBy = (place: ClaimPlace, count: number) =>
    place.read()?.holders(hashes(count), place.offsets()).size
  const pass = (ms: number) => {
    performance.now = () => realNow.call(performance) + ms
  }

  it('creates nothing before something is claimed', () => {
    const place = newPlace()
    assert.equal(place.read(), undefined)
    place.reserve(0)
    place.write()
    place.shrink()
    place.leave()
    assert.deepEqual(readdirSync(at()), [])
  })

  it('doubles what it has for what comes one by one, and makes room for many at once', () => {
    const place = newPlace()
    for (let count = 1; count <= 61; count += 1) {
      place.reserve(1)
      place.put('a'.repeat(16))
    }
    assert.equal(statSync(at('x')).size, 2048 + 4096)
    place.reserve(1000)
    assert.equal(statSync(at('x')).size, 2048 + 4096 + 32768)
    assert.equal(place.offsets().length, 3)
  })

  it('gives back the place of very many, of which other takers would have to read all', () => {
    const [small, large, atOnce] = [newPlace(), newPlace(), newPlace()]
    claim(small, 1)
    claim(large, 100)
    const slots = claim(large, 10_000)
    assert.ok(statSync(at('x')).size > 300_000)
    for (const { segment, at } of slots) segment.clear(at)
    large.write()
    large.shrink()
    assert.equal(statSync(at('x')).size, 2048 + 4096)
    for (const { segment, at } of claim(atOnce, 10_000)) segment.clear(at)
    atOnce.shrink()
    assert.equal(statSync(at('x')).size, 2048 + 4096)
    assert.equal(seenBy(atOnce, 100), 100)
    claim(atOnce, 1)
  })

  for (const what of ['removed', 'replaced']) {
    it(`joins anew, with all it has, when the file was ${what}`, () => {
      const [mine, others] = [newPlace(), newPlace()]
      claim(mine, 200)
      claim(others, 1)
      if (what === 'removed') unlinkSync(at('x'))
      else renameSync(at('x'), at('old'))
      if (what === 'replaced') claim(newPlace(), 1)
      // Not yet looked for.
      assert.equal(seenBy(others, 200), 200)
      pass(1001)
      assert.equal(seenBy(others, 200), what === 'removed' ? 0 : 1)
      mine.read()
      assert.equal(seenBy(others, 200), 200)
    })
  }

  it('joins anew at once, with all it has, when the file was cut off', () => {
    const [mine, others] = [newPlace(), newPlace()]
    claim(mine, 200)
    claim(others, 1)
    truncateSync(at('x'), 0)
    mine.read()
    assert.equal(seenBy(others, 200), 200)
    assert.equal(seenBy(mine, 1), 1)
  })

  it('leaves nothing in a file that others still read when it joins another one', () => {
    const [mine, others] = [newPlace(), newPlace()]
    claim(mine, 1)
    claim(others, 0)
    others.reserve(1)
    renameSync(at('x'), at('old'))
    pass(1001)
    mine.read()
    pass(0)
    assert.equal(seenBy(others, 1), 0)
  })

  it('forgets all, and begins anew, if it cannot join', () => {
    const place = newPlace()
    const slots = claim(place, 1)
    const before = openFiles()
    unlinkSync(at('x'))
    mkdirSync(at('x'))
    pass(1001)
    assert.throws(() => place.read(), { code: 'EISDIR' })
    assert.equal(openFiles(), before - 1)
    for (const { segment, at } of slots) segment.clear(at)
    place.write()
    assert.throws(() => place.reserve(1), { code: 'EISDIR' })
    renameSync(at('x'), at('folder'))
    claim(place, 1)
    assert.equal(seenBy(newPlace(), 1), 1)
    assert.equal(openFiles(), before)
  })

  it('is left by a process that ends by itself, however that is', async () => {
    for (const end of ['', 'process.exit(0)', 'queueMicrotask(() => { throw 1 })']) {
      const child = runChild(`
        import { existsSync } from 'node:fs'
        import { Claims } from 'lib/files/claims.ts'
        for (const name of ['x', 'x', 'y']) new Claims(${JSON.stringify(at('.'))} + '/' + name).take('a')
        console.log(existsSync(${JSON.stringify(at('x'))}))
        ${end}`)
      assert.equal(await child.line(), 'true')
      await child.end().catch(() => {})
      assert.equal(existsSync(at('x')), false)
      assert.deepEqual(readdirSync(at()), [])
    }
  })

  it('is alone until somebody joins, and while nobody has left a gap', () => {
    const [owner, other] = [newOwner(), newOwner()]
    const place = new ClaimPlace(at('x'), owner, () => {})
    assert.equal(place.isAlone(), false)
    place.reserve(1)
    place.reserve(200)
    assert.equal(place.isAlone(), true)
    const second = new ClaimPlace(at('x'), other, () => {})
    second.reserve(1)
    assert.deepEqual([place.isAlone(), second.isAlone()], [false, false])
    second.leave()
    assert.equal(place.isAlone(), true)
    place.leave()
  })
})
