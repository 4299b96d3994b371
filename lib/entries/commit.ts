import { degrade } from '../events/degrade.ts'
import type { Change, Store, WriteRequest } from '../stores/store.ts'
import { isJournalLeft, leftBlocks } from './block-journal.ts'
import { decodeHead } from './entry.ts'
import { putOfFrame } from './put.ts'

/** The store key of the list of committed blocks whose journals may still be there. */
const COMMITTED = 'b'

/**
 * Commits the changes of a block, in order: later ones of a key count, and every earlier version of a changed key goes.
 * `journal` names the block's journal where it has one: it is noted as committed in the same step, so that a journal that
 * could not be removed any more is never applied again.
 */
export function commitRequest(
  changes: readonly Change[],
  journal?: { readonly id: string; readonly storePath: string; readonly exists?: () => boolean },
): WriteRequest {
  const keys = new Set<string>(journal === undefined ? [] : [COMMITTED])
  for (const { key } of changes) keys.add(key)
  return {
    reads: [...keys],
    durable: true,
    settle: true,
    plan: current => {
      const planned: Change[] = []
      for (const [key, frame] of current) {
        if (key !== COMMITTED)
          for (const older of olderOf(frame, key)) planned.push({ key: older, bytes: undefined })
      }
      for (const { key, bytes } of changes)
        planned.push(bytes === undefined ? { key, bytes } : putOfFrame(key, bytes))
      if (journal === undefined) return planned
      const committed = readCommitted(current.get(COMMITTED))
      const isTakenOver = journal.exists !== undefined
      if (isTakenOver && (committed.includes(journal.id) || journal.exists?.() === false)) return []
      const left = committed.filter(id => isJournalLeft(journal.storePath, id))
      planned.push({ key: COMMITTED, bytes: Buffer.from([...left, journal.id].join('\n')) })
      return planned
    },
  }
}

/**
 * Commits what blocks did that ended without a commit (killed, or their disk was full), before anybody reads. What
 * cannot be done now is tried again by the next one.
 */
export function recoverBlocks(store: Store): void {
  const storePath = store.path
  if (storePath === undefined) return
  try {
    for (const block of leftBlocks(storePath)) {
      const request = commitRequest(block.changes, { id: block.id, storePath, exists: block.exists })
      if (block.changes.length > 0) store.writeSync?.(request)
      block.remove()
    }
  } catch (error) {
    degrade(
      `recover ${storePath}`,
      `What an interrupted block did to ${storePath} could not be taken over, and is tried again next time: ${String(error)}`,
      error,
    )
  }
}

function olderOf(frame: Uint8Array, key: string): readonly string[] {
  return decodeHead(frame, key)?.older ?? []
}

function readCommitted(bytes: Uint8Array | undefined): readonly string[] {
  return bytes === undefined ? [] : Buffer.from(bytes).toString('utf8').split('\n')
}
