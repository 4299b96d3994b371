import type { Batch } from './batch.ts'
import type { LargeValues } from './large-values.ts'
import { engineErrno } from './mdb-error.ts'
import type { ValueFile } from './record.ts'
import type { Job } from './write-queue.ts'
import { applyChanges, planChanges } from './writing.ts'

/** What a plan threw: the caller's own error, whatever it looks like. */
export class PlanFailure {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

/** The requests of one commit, and the files that are written for them, whatever becomes of it. */
export class GroupWriting {
  readonly #jobs: readonly Job[]
  #values: LargeValues | undefined
  #referred: ValueFile[] = []
  #settled = false

  constructor(jobs: readonly Job[]) {
    this.#jobs = jobs
  }

  /** In `batch`, everything that the requests plan, in order. What one of them, or the disk, has against it fails that one only. */
  apply(batch: Batch, values: LargeValues): void {
    // The second time: where the database went, its files may have gone too.
    if (this.#values !== undefined) this.discard()
    this.#values = values
    for (const job of this.#jobs) {
      const failed = (error: unknown): void => void Object.assign(job, { hasFailed: true, error })
      job.hasFailed = false
      let changes: ReturnType<typeof planChanges>
      try {
        changes = planChanges(job.request, batch, values)
      } catch (error) {
        failed(new PlanFailure(error))
        continue
      }
      try {
        this.#referred.push(...applyChanges(changes, { batch, values, files: job.files }))
      } catch (error) {
        // LMDB itself: nothing of this transaction can be kept.
        if (engineErrno(error) !== undefined) throw error
        failed(error)
      }
    }
  }

  /** After the commit. */
  settle(): void {
    for (const { name } of this.#referred) this.#values?.settle(name)
    this.#settled = true
  }

  /** Removes the files that nobody refers to: also those that were written before `apply`, where it was never called. */
  discard(values = this.#values): void {
    const referred = new Set(this.#settled ? this.#referred : [])
    const all = new Set([...this.#referred, ...this.#jobs.flatMap(({ files }) => [...files.values()])])
    for (const file of all) if (!referred.has(file)) values?.remove(file.name)
    for (const job of this.#jobs) {
      job.files.clear()
      job.isDone = true
    }
    this.#referred = []
  }
}
