import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { runChild } from '../support/child.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MAX = 5_000_000
/** What each process puts there: twenty times the bound in a soak. */
const TOTAL = process.env.SOAK_MINUTES === undefined ? 15e6 : 100e6

/** Puts much into a bounded store; says how large that was at most, and which costly results are left. */
const writer = (path: string, me: string): string => `
  import { decorate } from 'lib/index.ts'
  import { LmdbStore } from 'lib/stores/lmdb/lmdb-store.ts'
  import { diskBytes } from 'spec/support/disk-bytes.ts'
  const path = new LmdbStore(${JSON.stringify(path)})
  const put = decorate((n, bytes, me) => Buffer.alloc(bytes, n), { name: 'put', path, maxSize: ${MAX} })
  const costly = decorate((n, me) => {
    const end = performance.now() + 30
    while (performance.now() < end);
    return n
  }, { name: 'costly', path })
  for (let n = 0; n < 10; n += 1) costly(n, '${me}')
  let [n, most] = [0, 0]
  for (let total = 0; total < ${TOTAL}; n += 1) {
    const bytes = Math.floor(200 * 2500 ** Math.random())
    total += bytes
    put(n, bytes, '${me}')
    most = Math.max(most, diskBytes(${JSON.stringify(dirname(path))}))
  }
  let left = 0
  for (let n = 0; n < 10; n += 1) if (await costly.has(n, '${me}')) left += 1
  path.close()
  console.log(JSON.stringify({ most, left }))
`

describe('A bounded LMDB store of two processes', () => {
  const folder = temporaryFolder()

  it('never takes a quarter more than its bound, and keeps what was costly', async () => {
    mkdirSync(folder('home'))
    const children = ['a', 'b'].map(me => runChild(writer(folder('home/store'), me)))
    for (const child of children) {
      const { most, left } = JSON.parse(await child.line()) as { most: number; left: number }
      assert.ok(most <= 1.25 * MAX && most > 0.8 * MAX, `${most}`)
      assert.equal(left, 10)
      await child.end()
    }
  }).timeout(300_000)
})
