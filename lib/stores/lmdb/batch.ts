import type { StoreFacts } from '../store.ts'
import { besides, entryKey, ordered, ROW } from './database-key.ts'
import type { Database } from './engine.ts'
import { blockBytes } from './large-values.ts'
import { decodeRecord, encodeRecord, type Record, type ValueFile } from './record.ts'
import { readState, type State, writeState } from './state.ts'

/** So many changes of one commit keep their order among each other. */
const CHANGES_PER_COMMIT = 2 ** 20

/** What is put under a key. */
export type Put = Pick<Record, 'inline' | 'headBytes' | 'file' | 'listsFile' | 'rank' | 'expiresAtMs'>

/** One write transaction: changes of entries, and of all rows that follow from them. */
export class Batch {
  readonly db: Database
  /** The number of this commit, across compacted files. */
  readonly commit: number
  /** Files that no entry refers to any more, once this is committed. */
  readonly trashed: string[] = []
  readonly #before: State
  #state: State
  #changes = 0
  #hasChanged = false

  /** Inside of `db.transact`, which gave `commit`. */
  constructor(db: Database, commit: number) {
    this.db = db
    this.#before = readState(db)
    this.#state = this.#before
    this.commit = this.#state.commitsBefore + commit
  }

  get state(): State {
    return this.#state
  }

  /** Whether there is anything to commit. */
  get hasChanged(): boolean {
    return this.#hasChanged
  }

  change(state: Partial<State>): void {
    this.#state = { ...this.#state, ...state }
    this.#hasChanged = true
  }

  get(key: string): Record | undefined {
    const bytes = this.db.get(entryKey(key))
    return bytes === undefined ? undefined : decodeRecord(bytes)
  }

  /** What is known of the entry in `row` beyond its record. */
  touched(row: Uint8Array): { readonly rank: number; readonly usedAtMs: number } | undefined {
    const bytes = this.db.get(besides(ROW.touch, row))
    return bytes === undefined ? undefined : { rank: bytes.readDoubleLE(0), usedAtMs: bytes.readDoubleLE(8) }
  }

  facts(row: Uint8Array): StoreFacts {
    return { usedAtMs: this.touched(row)?.usedAtMs }
  }

  /** Each file of `values` that `put` names has one reference more from then on. */
  put(key: string, put: Put): void {
    const row = entryKey(key)
    const bytes = this.db.get(row)
    const old = bytes === undefined ? undefined : decodeRecord(bytes)
    if (put.file !== undefined) this.#refer(put.file, 1)
    if (bytes !== undefined) this.#retire(row, bytes)
    const order =
      old?.order ?? this.commit * CHANGES_PER_COMMIT + Math.min(this.#changes, CHANGES_PER_COMMIT - 1)
    this.#changes += 1
    this.#write(row, encodeRecord({ ...put, order, commit: this.commit }, row, key))
    if (put.rank === undefined) return
    this.#write(ordered(ROW.rank, put.rank, row), NOTHING)
    if (put.expiresAtMs !== undefined) this.#write(ordered(ROW.expiry, put.expiresAtMs, row), NOTHING)
    this.change({ ranked: this.#state.ranked + 1 })
  }

  remove(key: string): void {
    this.removeRow(entryKey(key))
  }

  removeRow(row: Buffer): void {
    const bytes = this.db.get(row)
    if (bytes === undefined) return
    this.#retire(row, bytes)
    this.#delete(row)
  }

  /** Removes a row of an order whatever its entry says: damage may have left it alone. */
  forgetOrder(orderRow: Buffer): void {
    this.#delete(orderRow)
  }

  /** Gives the entry in `row`, which has a rank, another one, and the time of its last use. */
  touch(row: Buffer, rank: number, usedAtMs: number): void {
    const bytes = this.db.get(row)
    const old = bytes === undefined ? undefined : (this.touched(row)?.rank ?? decodeRecord(bytes).rank)
    if (old === undefined) return
    this.#delete(ordered(ROW.rank, old, row))
    this.#write(ordered(ROW.rank, rank, row), NOTHING)
    const touch = Buffer.allocUnsafe(16)
    touch.writeDoubleLE(rank, 0)
    touch.writeDoubleLE(usedAtMs, 8)
    this.#write(besides(ROW.touch, row), touch)
  }

  /** Removes undo rows that no snapshot needs; at most `most` of them. Whether there may be more. */
  forgetUndos(most: number): boolean {
    if (this.#state.undos === 0) return false
    const oldest = Math.min(...this.#state.snapshots.map(({ commit }) => commit))
    const range = { start: Buffer.from(ROW.undoEnd), end: ordered(ROW.undoEnd, oldest + 1) }
    const ends = this.db.keys({ ...range, limit: most })
    for (const end of ends) {
      const undo = besides(ROW.undo, end.subarray(8))
      const bytes = this.db.get(undo)
      const { file } = decodeRecord((bytes ?? NOTHING).subarray(8))
      if (file !== undefined) this.#refer(file, -1)
      this.#delete(undo)
      this.#delete(end)
    }
    if (ends.length > 0) this.change({ undos: this.#state.undos - ends.length })
    return ends.length === most
  }

  /** Forgets that the file was trash: it is gone. */
  forgetTrash(name: string): void {
    this.#delete(Buffer.from(ROW.trash + name))
  }

  finish(): void {
    if (this.#state !== this.#before) writeState(this.db, this.#state)
  }

  /** Takes back all rows that belong to a record which goes, or keeps it for the snapshots that may need it. */
  #retire(row: Buffer, bytes: Buffer): void {
    const { rank, expiresAtMs, file, commit } = decodeRecord(bytes)
    if (rank !== undefined) {
      const touched = this.touched(row)
      this.#delete(ordered(ROW.rank, touched?.rank ?? rank, row))
      if (touched !== undefined) this.#delete(besides(ROW.touch, row))
      if (expiresAtMs !== undefined) this.#delete(ordered(ROW.expiry, expiresAtMs, row))
      this.change({ ranked: this.#state.ranked - 1 })
    }
    if (this.#state.snapshots.some(snapshot => snapshot.commit >= commit)) this.#keepUndo(row, bytes, commit)
    else if (file !== undefined) this.#refer(file, -1)
  }

  #keepUndo(row: Buffer, bytes: Buffer, commit: number): void {
    const undo = undoKey(row, commit)
    const value = Buffer.allocUnsafe(8 + bytes.length)
    value.writeDoubleLE(this.commit, 0)
    value.set(bytes, 8)
    this.#write(undo, value)
    this.#write(ordered(ROW.undoEnd, this.commit, undo), NOTHING)
    this.change({ undos: this.#state.undos + 1 })
  }

  /** A file is there as long as entries, or undo rows, refer to it. */
  #refer(file: ValueFile, by: 1 | -1): void {
    const row = Buffer.from(ROW.file + file.name)
    const known = this.db.get(row)?.readDoubleLE(0) ?? 0
    const references = known + by
    if (references > 0) {
      const value = Buffer.allocUnsafe(8)
      value.writeDoubleLE(references, 0)
      this.#write(row, value)
      if (known === 0) this.#rescue(file.name)
    } else {
      this.#delete(row)
      this.#write(Buffer.from(ROW.trash + file.name), NOTHING)
      this.trashed.push(file.name)
    }
    if (known === 0) this.change({ fileBytes: this.#state.fileBytes + blockBytes(file.bytes) })
    if (references === 0) this.change({ fileBytes: this.#state.fileBytes - blockBytes(file.bytes) })
  }

  /** What one change dropped, the next may put again. */
  #rescue(name: string): void {
    const at = this.trashed.indexOf(name)
    if (at === -1) return
    this.trashed.splice(at, 1)
    this.forgetTrash(name)
  }

  #write(row: Uint8Array, value: Uint8Array): void {
    this.#hasChanged = true
    this.db.put(row, value)
  }

  #delete(row: Uint8Array): void {
    this.#hasChanged = true
    this.db.remove(row)
  }
}

const NOTHING = Buffer.alloc(0)

/** The row of what `row` held from `commit` on. */
export function undoKey(row: Uint8Array, commit: number): Buffer {
  const key = Buffer.alloc(row.length + 8)
  key.write(ROW.undo, 0, 'latin1')
  key.set(row.subarray(1), 1)
  key.writeDoubleBE(commit, row.length)
  return key
}
