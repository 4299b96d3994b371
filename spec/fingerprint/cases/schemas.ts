import { installed } from './case.ts'

/** A package such as zod: schemas are objects full of closures, and fill some of their fields when they are first used. */
export const SCHEMAS = installed('schemas', '4.0.0', {
  'index.mjs': `
import { make } from './make.mjs'
export const number = () => make('number', [value => typeof value === 'number'], value => value)
export const object = shape =>
  make('object', [value => typeof value === 'object'], value =>
    Object.fromEntries(Object.keys(shape).map(key => [key, shape[key].parse(value[key])])))
`,
  'make.mjs': `
class Schema {
  constructor(kind) { this.kind = kind }
}
export function make(kind, checks, read) {
  const schema = new Schema(kind)
  schema.compiled = undefined
  schema.bag = {}
  schema.check = check => make(kind, [...checks, check], read)
  schema.min = least => schema.check(value => value >= least)
  schema.transform = fn => make(kind, checks, value => fn(read(value)))
  schema.parse = value => {
    schema.compiled ??= value => checks.every(check => check(value))
    if (!schema.compiled(value)) throw new TypeError(kind)
    return read(value)
  }
  return schema
}
`,
})
