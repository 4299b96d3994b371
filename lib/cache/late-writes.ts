import { onClosing } from '../stores/open-store.ts'
import type { Store } from '../stores/store.ts'
import { accessNow } from './access.ts'

/** What need not be written at once. */
export interface LateWrite {
  readonly store: Store
  /** Writes it, at once where the store can. Never fails. */
  write(): PromiseLike<void> | undefined
}

/** How long it is known to this process only. */
const WRITE_MS = 2_000

const late = new Set<LateWrite>()
let isListening = false
let timer: NodeJS.Timeout | undefined
let sinceMs = 0

/** Writes `item` some seconds later, when its store is closed, or when the process ends: whichever comes first. */
export function writeLater(item: LateWrite): void {
  if (late.has(item)) return
  late.add(item)
  if (!isListening) {
    isListening = true
    onClosing(store => writeAll(store))
    process.on('exit', () => void writeAll())
  }
  if (timer !== undefined) return
  sinceMs = performance.now()
  timer = setTimeout(writeAll, WRITE_MS).unref()
}

/** Writes what should have been written: for a loop that lets no timer run. */
export function writeOverdue(): void {
  if (performance.now() - sinceMs > WRITE_MS) void writeAll()
}

/** Writes what is late, of one store or of all. */
async function writeAll(store?: Store): Promise<void> {
  if (store === undefined) {
    clearTimeout(timer)
    timer = undefined
  }
  const meant = [...late].filter(item => store === undefined || item.store === store)
  const mayWrite = environmentAllows()
  const writing = meant.map(item => {
    late.delete(item)
    return mayWrite ? item.write() : undefined
  })
  await Promise.all(writing)
}

/** CACHEDICT_ACCESS may say that this run writes nothing. What makes no sense is told by the next call: here is nobody to tell. */
function environmentAllows(): boolean {
  try {
    return accessNow({ read: true, evaluate: true, write: true }).write
  } catch {
    return false
  }
}
