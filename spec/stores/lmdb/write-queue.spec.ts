import assert from 'node:assert/strict'
import { type Job, WriteQueue } from '../../../lib/stores/lmdb/write-queue.ts'
import { writeOf } from '../../../lib/stores/store.ts'

const requestOf = (key: string) => writeOf([{ key, bytes: undefined }], { durable: true })
const keyOf = ({ request }: Job) => request.plan(new Map(), () => [])[0]?.key

describe('WriteQueue', () => {
  const groups: (string | undefined)[][] = []
  beforeEach(() => void groups.splice(0))
  const queue = (commit: (jobs: readonly Job[]) => void = () => {}) =>
    new WriteQueue(jobs => {
      groups.push(jobs.map(keyOf))
      commit(jobs)
    })

  it('commits together what is added in one turn', async () => {
    const writes = queue()
    await Promise.all(['a', 'b', 'c'].map(key => writes.add(requestOf(key))))
    await writes.add(requestOf('d'))
    assert.deepEqual(groups, [['a', 'b', 'c'], ['d']])
  })

  it('lets requests wait for those before them that are being prepared', async () => {
    const writes = queue()
    let open = () => {}
    const gate = new Promise<void>(resolve => {
      open = resolve
    })
    const all = [
      writes.add(requestOf('a')),
      writes.add(requestOf('b'), () => gate),
      writes.add(requestOf('c')),
    ]
    await all[0]
    assert.deepEqual(groups, [['a']])
    open()
    await Promise.all(all)
    assert.deepEqual(groups, [['a'], ['b', 'c']])
  })

  it('commits what could not be prepared, and what is behind it', async () => {
    const writes = queue()
    const all = [
      writes.add(requestOf('a'), () => Promise.reject(new Error('no'))),
      writes.add(requestOf('b')),
    ]
    await Promise.all(all)
    assert.deepEqual(groups, [['a', 'b']])
  })

  it('commits all that wait with a synchronous write, in order', async () => {
    const writes = queue()
    const all = [writes.add(requestOf('a'), () => new Promise(() => {})), writes.add(requestOf('b'))]
    writes.flush(requestOf('c'))
    assert.deepEqual(groups, [['a', 'b', 'c']])
    await Promise.all(all)
    assert.equal(writes.isEmpty, true)
  })

  it('fails those that failed by themselves, or all with the commit', async () => {
    const mine = new Error('mine')
    const writes = queue(jobs => void Object.assign(jobs[0]!, { hasFailed: true, error: mine }))
    const [one, other] = await Promise.allSettled([writes.add(requestOf('a')), writes.add(requestOf('b'))])
    assert.deepEqual([one.status, other.status], ['rejected', 'fulfilled'])
    const broken = queue(() => {
      throw mine
    })
    const all = await Promise.allSettled([broken.add(requestOf('a')), broken.add(requestOf('b'))])
    assert.deepEqual(
      all.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.throws(
      () => broken.flush(requestOf('c')),
      error => error === mine,
    )
  })
})
