import { type FileStamp, isSettled } from './file-stamp.ts'

/** What was found out about files, for as long as their stamps stay the same; of the `most` that were noted last. */
export class RememberedFiles<T> {
  readonly #most: number
  readonly #known = new Map<string, { readonly stamp: string; readonly value: T }>()

  constructor(most: number) {
    this.#most = most
  }

  /** What is known of the file at `path` whose stamp is this now. */
  get(path: string, stamp: FileStamp): T | undefined {
    const known = this.#known.get(path)
    return known?.stamp === stamp.text ? known.value : undefined
  }

  /** Remembers what was read after `stamp` was taken, at `nowMs`; nothing of a file that may change unseen. */
  note(
    path: string,
    value: T,
    { stamp, nowMs }: { readonly stamp: FileStamp; readonly nowMs: number },
  ): void {
    this.#known.delete(path)
    if (!isSettled(stamp, nowMs)) return
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < this.#most) break
      this.#known.delete(oldest)
    }
    this.#known.set(path, { stamp: stamp.text, value })
  }
}
