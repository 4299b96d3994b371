/** Any function at all. `any`, because parameters of unknown type would not let users' functions in. */
// biome-ignore lint/suspicious/noExplicitAny: the default of public type parameters, where users want it.
export type AnyFunction = (...args: any[]) => any
