const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u
const INDEX = /^(?:0|[1-9]\d*)$/

/** How a program gets to the property `name`: `.name`, `[3]`, `["two words"]`, `[Symbol(Symbol.iterator)]`. */
export function propertyStep(name: string | symbol): string {
  if (typeof name === 'symbol' || INDEX.test(name)) return `[${String(name)}]`
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
