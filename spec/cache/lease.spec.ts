import assert from 'node:assert/strict'
import {
  ALONE,
  blockForLease,
  noteWaiting,
  tryLease,
  type Wanted,
  waitForLease,
} from '../../lib/cache/lease.ts'
import type { Found } from '../../lib/cache/look.ts'
import { newOwner } from '../../lib/files/owner.ts'
import type { Leases } from '../../lib/stores/store.ts'
import { entryOf } from '../support/entries.ts'

/** Of a process that does not run, so that nobody takes it for this one. */
const OTHER = '4194305.1.2.3.4'
const FOUND: Found = { verdict: { hit: true, entry: entryOf(1) }, value: 1 }

/** Leases that answer as they are told to, and remember what was asked. */
class ToldLeases implements Leases {
  holders: (string | undefined)[]
  holdsAny = false
  deadlocks = false
  readonly asked: string[] = []

  constructor(...holders: (string | undefined)[]) {
    this.holders = holders
  }

  take(key: string, despite?: string): string | undefined {
    this.asked.push(`take ${key}${despite === undefined ? '' : ' despite'}`)
    return this.holders.length > 1 ? this.holders.shift() : this.holders[0]
  }

  release(key: string): void {
    this.releaseAll([key])
  }

  releaseAll(keys: readonly string[]): void {
    this.asked.push(`release ${keys.join()}`)
  }

  noteWaiting(held: string, awaited: string): () => void {
    this.asked.push(`${held} waits for ${awaited}`)
    return () => {
      this.asked.push(`${held} waits no more`)
    }
  }

  wouldDeadlock(): boolean {
    return this.deadlocks
  }
}

function wantedOf(leases: Leases, more: Partial<Wanted> = {}): Wanted {
  return { leases, id: 'f', inside: [], look: () => undefined, onWait: () => {}, signal: undefined, ...more }
}

describe('tryLease', () => {
  it('gives the lease, and lets go of it when told to', () => {
    const leases = new ToldLeases(undefined)
    const turn = tryLease(wantedOf(leases))
    assert.ok(turn.is === 'mine')
    turn.release()
    assert.deepEqual(leases.asked, ['take f', 'release f'])
  })

  it('lets go of those that end in one turn together, where that is soon enough', async () => {
    const leases = new ToldLeases(undefined)
    const turns = ['f', 'g'].map(id => tryLease({ ...wantedOf(leases), id }))
    for (const turn of turns) if (turn.is === 'mine') turn.release('soon')
    assert.deepEqual(leases.asked, ['take f', 'take g'])
    await null
    assert.equal(leases.asked.at(-1), 'release f,g')
  })

  it('looks again when it has the lease, and gives that up for what was kept just before', () => {
    const leases = new ToldLeases(undefined)
    const look = () => {
      leases.asked.push('look')
      return FOUND
    }
    assert.deepEqual(tryLease(wantedOf(leases, { look })), { is: 'found', found: FOUND })
    assert.deepEqual(leases.asked, ['take f', 'look', 'release f'])
  })

  it('lets go of the lease where looking again throws, and passes that on', () => {
    const leases = new ToldLeases(undefined)
    const look = () => assert.fail('mine')
    assert.throws(() => tryLease(wantedOf(leases, { look })), /mine/)
    assert.deepEqual(leases.asked, ['take f', 'release f'])
  })

  it('says who is ahead', () => {
    assert.deepEqual(tryLease(wantedOf(new ToldLeases(OTHER))), { is: 'behind', holder: OTHER })
  })

  it('goes on without a lease where none can be had', () => {
    const leases = new ToldLeases()
    leases.take = () => assert.fail('no space left')
    assert.equal(tryLease(wantedOf(leases)), ALONE)
  })
})

describe('waitForLease', () => {
  it('waits until the lease is free, and says so once', async () => {
    const leases = new ToldLeases(OTHER, OTHER, undefined)
    const told: string[] = []
    const turn = await waitForLease(wantedOf(leases, { onWait: holder => told.push(holder) }), OTHER)
    assert.deepEqual([turn.is, told, leases.asked.length], ['mine', [OTHER], 3])
  })

  it('takes what the holder has kept', async () => {
    let looks = 0
    const look = () => (++looks === 3 ? FOUND : undefined)
    const turn = await waitForLease(wantedOf(new ToldLeases(OTHER), { look }), OTHER)
    assert.deepEqual(turn, { is: 'found', found: FOUND })
  })

  it('ends with the reason of the signal', async () => {
    const reason = new Error('enough')
    const wanted = wantedOf(new ToldLeases(OTHER), { signal: AbortSignal.abort(reason) })
    await assert.rejects(waitForLease(wanted, OTHER), error => error === reason)
    const controller = new AbortController()
    const waiting = waitForLease(wantedOf(new ToldLeases(OTHER), { signal: controller.signal }), OTHER)
    controller.abort(reason)
    await assert.rejects(waiting, error => error === reason)
  })

  it('lets others know inside what it waits, and goes on alone where all wait for each other', async () => {
    const leases = new ToldLeases(OTHER)
    leases.deadlocks = true
    assert.equal(await waitForLease(wantedOf(leases, { inside: ['a', 'b'] }), OTHER), ALONE)
    const notes = ['a waits for f', 'b waits for f', 'a waits no more', 'b waits no more']
    assert.deepEqual(leases.asked, notes)
  })
})

describe('blockForLease', () => {
  it('blocks until the lease is free', () => {
    const turn = blockForLease(wantedOf(new ToldLeases(OTHER, OTHER, undefined)), OTHER)
    assert.equal(turn.is, 'mine')
  })

  it('never blocks behind its own process, nor while this thread holds a lease', () => {
    assert.equal(blockForLease(wantedOf(new ToldLeases(OTHER)), newOwner()), ALONE)
    const leases = new ToldLeases(OTHER)
    leases.holdsAny = true
    assert.equal(blockForLease(wantedOf(leases), OTHER), ALONE)
  })
})

describe('noteWaiting', () => {
  it('does nothing without leases', () => {
    const wait = noteWaiting(undefined, ['a'], 'f')
    assert.equal(wait.mustNotBe(), false)
    wait.end()
  })

  it('forbids a wait of which nobody can be told, and takes back what was told', () => {
    const leases = new ToldLeases(OTHER)
    const note = leases.noteWaiting.bind(leases)
    leases.noteWaiting = (held, awaited) =>
      held === 'b' ? assert.fail('no space left') : note(held, awaited)
    const wait = noteWaiting(leases, ['a', 'b'], 'f')
    assert.equal(wait.mustNotBe(), true)
    wait.end()
    assert.deepEqual(leases.asked, ['a waits for f', 'a waits no more'])
  })

  it('forbids a wait where nobody can tell whether it ends', () => {
    const leases = new ToldLeases(OTHER)
    leases.wouldDeadlock = () => assert.fail('too many open files')
    assert.equal(noteWaiting(leases, ['a'], 'f').mustNotBe(), true)
    assert.equal(noteWaiting(leases, [], 'f').mustNotBe(), false)
  })
})
