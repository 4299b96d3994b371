import type { WriteRequest } from '../store.ts'
import type { ValueFile } from './record.ts'

/** A request that waits for the commit that it shares with others. */
export interface Job {
  readonly request: WriteRequest
  /** Tails that lie in files already. */
  readonly files: Map<Uint8Array, ValueFile>
  /** What `plan` threw, or the system said: of this request alone. */
  error?: unknown
  hasFailed: boolean
  /** Whatever comes now comes too late. */
  isDone: boolean
}

interface Waiting {
  readonly job: Job
  isReady: boolean
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Requests in the order in which they were made. All that wait when it is their turn are committed together. */
export class WriteQueue {
  readonly #commit: (jobs: readonly Job[]) => void
  #waiting: Waiting[] = []
  readonly #preparing = new Set<Promise<void>>()
  #isScheduled = false

  /** `commit` marks the jobs that failed by themselves; what it throws is the failure of all others. */
  constructor(commit: (jobs: readonly Job[]) => void) {
    this.#commit = commit
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** When all is prepared, or given up, that is being prepared now: a job may be done before. Undefined where nothing is. */
  prepared(): Promise<void> | undefined {
    return this.#preparing.size === 0 ? undefined : Promise.all(this.#preparing).then(() => {})
  }

  /** `prepare` fills `job.files`; the requests behind it wait for that. */
  add(request: WriteRequest, prepare?: (job: Job) => Promise<void>): Promise<void> {
    const job = newJob(request)
    // What cannot be prepared is tried once more by the commit, which says why it cannot.
    const prepared = prepare?.(job).catch(() => {})
    return new Promise((resolve, reject) => {
      const waiting = { job, isReady: prepared === undefined, resolve, reject }
      this.#waiting.push(waiting)
      if (prepared === undefined) return this.#schedule()
      this.#preparing.add(prepared)
      void prepared.then(() => {
        this.#preparing.delete(prepared)
        waiting.isReady = true
        this.#schedule()
      })
    })
  }

  /** Commits all that wait, whether they are ready or not, and `request` behind them. */
  flush(request?: WriteRequest): void {
    const ahead = this.#waiting
    this.#waiting = []
    const last = request === undefined ? undefined : newJob(request)
    this.#run(ahead, last)
    if (last?.hasFailed === true) throw last.error
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      const first = this.#waiting.findIndex(({ isReady }) => !isReady)
      const ready = this.#waiting.splice(0, first === -1 ? this.#waiting.length : first)
      this.#run(ready, undefined)
    })
  }

  #run(group: readonly Waiting[], last: Job | undefined): void {
    const jobs = group.map(({ job }) => job)
    if (last !== undefined) jobs.push(last)
    if (jobs.length === 0) return
    try {
      this.#commit(jobs)
    } catch (error) {
      for (const job of jobs) if (!job.hasFailed) Object.assign(job, { hasFailed: true, error })
    }
    for (const { job, resolve, reject } of group) job.hasFailed ? reject(job.error) : resolve()
  }
}

function newJob(request: WriteRequest): Job {
  return { request, files: new Map(), hasFailed: false, isDone: false }
}
