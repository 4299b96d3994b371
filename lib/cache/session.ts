import { dirname } from 'node:path'
import { recoverBlocks } from '../entries/commit.ts'
import { emit } from '../events/events.ts'
import { makeFolder } from '../files/folder.ts'
import { acquireLock } from '../files/lock.ts'
import { type CachePath, openStoreAt } from '../stores/open-store.ts'
import type { Snapshot, Store } from '../stores/store.ts'
import { type Access, type Flags, parseAccess } from './access.ts'
import { Block } from './block.ts'
import { checkDictOptions, type DictOptions } from './options.ts'
import { takeTurn } from './turns.ts'
import { noteOpen } from './views.ts'

/** A block from open to commit, with the store that it works on. */
export interface Session {
  readonly store: Store
  readonly access: Flags
  readonly block: Block
  readonly closed: boolean
  /** Commits what was done so far, and goes on with what is there then. */
  flush(): Promise<void>
  /** Commits, and ends. May be called twice: the second waits for the first. */
  close(): Promise<void>
  /** Ends without a commit. */
  discard(): Promise<void>
}

/** Begins a block: takes over what interrupted blocks left, and looks at what is there. */
export async function openSession(path: CachePath, access: Access, options: DictOptions): Promise<Session> {
  checkDictOptions(options)
  const flags = parseAccess(access)
  const store = openStoreAt(path)
  const release = options.exclusive === true ? await takeExclusive(store) : () => {}
  try {
    recoverBlocks(store)
    const look = () => (flags.read ? snapshotOf(store) : undefined)
    const block = new Block(store, look(), {
      reads: flags.read,
      writes: flags.write,
      discards: options.onError === 'discard',
    })
    return sessionOf({ store, flags, block, look, release, hide: noteOpen(store, block) })
  } catch (error) {
    release()
    throw error
  }
}

function sessionOf(parts: {
  readonly store: Store
  readonly flags: Flags
  readonly block: Block
  readonly look: () => Snapshot | undefined
  readonly release: () => void
  /** From then on, nothing is seen through the block any more. */
  readonly hide: () => void
}): Session {
  const { store, flags, block, look, release, hide } = parts
  let ending: Promise<void> | undefined
  let commits: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(commit: () => Promise<T>): Promise<T> => {
    const turn = commits.then(commit)
    commits = turn.catch(() => {})
    return turn
  }
  const end = (last: () => unknown): Promise<void> => {
    ending ??= (async () => {
      try {
        await last()
      } finally {
        hide()
        block.close()
        // A script may go through thousands of files, one block each.
        store.rest?.()
        release()
      }
    })()
    return ending
  }
  return {
    store,
    access: flags,
    block,
    get closed() {
      return ending !== undefined
    },
    flush: () =>
      inTurn(async () => {
        const committed = await block.commit({ always: true })
        block.restart(look(), committed)
      }),
    close: () =>
      end(() =>
        inTurn(() =>
          block.commit().catch(error => {
            block.abandon()
            throw error
          }),
        ),
      ),
    discard: () => end(() => block.discard()),
  }
}

/** What the store holds now; of a store without snapshots, a copy. */
function snapshotOf(store: Store): Snapshot {
  const snapshot = store.snapshot?.()
  if (snapshot === undefined || !store.traits.sync) {
    throw new TypeError('A dictionary needs a store that answers at once (traits.sync) and has snapshots.')
  }
  // A sync store's methods answer at once.
  return snapshot as Snapshot
}

/** One block at a time: in this process by turns, among processes by a lock that a dead one cannot hold. */
async function takeExclusive(store: Store): Promise<() => void> {
  const endTurn = await takeTurn(store)
  const { path } = store
  if (path === undefined) return endTurn
  try {
    makeFolder(dirname(path))
    const unlock = await acquireLock(`${path}.exclusive`, {
      onWait: holder => emit('waiting', { path, holder }),
    })
    return () => {
      unlock()
      endTurn()
    }
  } catch (error) {
    endTurn()
    throw error
  }
}
