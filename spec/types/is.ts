/** Compiles only where `A` and `B` are one type. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** `is<Same<typeof value, Wanted>>()` */
export function is<T extends true>(): T | undefined {
  return undefined
}
