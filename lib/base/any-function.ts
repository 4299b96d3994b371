/** Any function at all. `any`, because parameters of unknown type would not let users' functions in. */
// biome-ignore lint/suspicious/noExplicitAny: the default of public type parameters, where users want it.
export type AnyFunction = (...args: any[]) => any

/**
 * A function as users pass it: unlike `AnyFunction`, it gives no types to the parameters of a function that is written in
 * place, so that `(n: number, factor = 2) => …` has those of its defaults.
 */
// biome-ignore lint/complexity/noBannedTypes: classes, which are functions too, are left out by `NoClass`.
export type GivenFunction = Function

/** never for a class, else unknown. */
// biome-ignore lint/suspicious/noExplicitAny: any class at all.
export type NoClass<F> = F extends abstract new (...args: any[]) => unknown ? never : unknown

/** `F` with the types that it is called with. */
export type CalledAs<F> = F extends AnyFunction ? F : never
