import { inspect } from 'node:util'

const LONGEST = 80

/** A call as a person would write it: `area(3, 4)`. Long arguments are cut, credentials in URLs are masked. */
export function renderCall(name: string, args: readonly unknown[]): string {
  const shown = args.map(renderValue).join(', ')
  return `${name || 'a nameless function'}(${shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown})`
}

/** A value in a few words. Runs no code of the value's own. */
export function renderValue(value: unknown): string {
  const shown = inspect(value, {
    depth: 1,
    maxArrayLength: 3,
    maxStringLength: 200,
    breakLength: Number.POSITIVE_INFINITY,
    customInspect: value instanceof URL,
  })
  return shown.replace(/\/\/[^/@\s'"]+@/g, '//***@').replace(/((?:username|password): )'[^']+'/g, "$1'***'")
}
