import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { blockBytes, LargeValues } from '../../../lib/stores/lmdb/large-values.ts'
import { runChild } from '../../support/child.ts'
import { interceptFiles, refusal } from '../../support/file-operations.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('LargeValues', () => {
  const at = temporaryFolder()
  const values = () => new LargeValues(at('values'))
  const bytes = Buffer.from('0123456789')
  const read = (name: string) => {
    const into = Buffer.alloc(12, 'x')
    const count = values().read(name, into, 2)
    return count === undefined ? undefined : into.toString('latin1', 0, count + 2)
  }

  it('gives back what was written, before and after it is settled', async () => {
    for (const file of [values().writeSync(bytes), await values().write(bytes)]) {
      assert.equal(file.bytes, 10)
      assert.equal(read(file.name), 'xx0123456789')
      values().syncNames()
      values().settle(file.name)
      assert.equal(read(file.name), 'xx0123456789')
      values().settle(file.name)
      values().remove(file.name)
      values().remove(file.name)
      assert.equal(read(file.name), undefined)
    }
  })

  it('removes later what the system would not remove at first', async () => {
    const mine = values()
    const isRefused = new Set<unknown>()
    const restore = interceptFiles(({ name, args, run }) => {
      if (name === 'unlinkSync' && isRefused.has(args[0])) throw refusal('EIO', name)
      return run()
    })
    try {
      const { name } = mine.writeSync(bytes)
      isRefused.add(at(`values/new/${name}`))
      assert.equal(mine.remove(name), false)
      mine.removeRefused()
      assert.deepEqual(readdirSync(at('values/new')), [name])
      isRefused.clear()
      mine.removeRefused()
      assert.deepEqual(readdirSync(at('values/new')), [])
    } finally {
      restore()
    }
  })

  it('calls left over what the dead have written, and nothing of the living', async () => {
    assert.deepEqual(values().leftovers(), [])
    values().writeSync(bytes)
    const child = runChild(`
      import { LargeValues } from 'lib/stores/lmdb/large-values.ts'
      console.log(new LargeValues(${JSON.stringify(at('values'))}).writeSync(Buffer.alloc(1)).name)
    `)
    const name = await child.line()
    await child.end()
    assert.deepEqual(values().leftovers(), [name])
    assert.equal(readdirSync(at('values/new')).length, 2)
  })
})

describe('blockBytes', () => {
  it('is what a disk takes for a file', () => {
    assert.deepEqual([0, 1, 4096, 4097].map(blockBytes), [0, 4096, 4096, 8192])
  })
})
