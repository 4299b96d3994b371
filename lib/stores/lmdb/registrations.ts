import { isAlive, newOwner } from '../../files/owner.ts'
import type { Batch } from './batch.ts'
import type { Registration } from './state.ts'

/** The dead are looked for so often. */
const CHECK_MS = 1_000

let nextCheckMs = 0

/** Registers a reader of what is there now. */
export function register(batch: Batch): Registration {
  const registration = { owner: newOwner(), commit: batch.commit }
  batch.change({ snapshots: [...batch.state.snapshots, registration] })
  return registration
}

/** Ends the registrations of `owners`, and, once a second, those of the dead. */
export function unregister(batch: Batch, owners: ReadonlySet<string>): void {
  const { snapshots } = batch.state
  if (snapshots.length === 0) return
  const looks = performance.now() >= nextCheckMs
  if (looks) nextCheckMs = performance.now() + CHECK_MS
  const left = snapshots.filter(({ owner }) => !owners.has(owner) && (!looks || isAlive(owner)))
  if (left.length < snapshots.length) batch.change({ snapshots: left })
}
