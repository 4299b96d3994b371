/** A value that is there, or will be. What lets sync and async share one pipeline. */
export type MaybePromise<T> = T | PromiseLike<T>

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}

/** `next(value)`, at once where the value is there, later where it is promised. */
export function chain<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromiseLike(value) ? value.then(next) : next(value)
}

/** `chain` with a way out for a throw or a rejection of `start`. */
export function attempt<T, R>(
  start: () => MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
  failed: (error: unknown) => MaybePromise<R>,
): MaybePromise<R> {
  let value: MaybePromise<T>
  try {
    value = start()
  } catch (error) {
    return failed(error)
  }
  return isPromiseLike(value) ? value.then(next, failed) : next(value)
}
