import { installed } from './case.ts'

/**
 * A package such as zod. What the user gave it lies in plain data, `def`, under a property that is not listed. Some of it
 * is behind getters that replace themselves, and more is filled in when a schema is first used.
 */
export const SCHEMAS = installed('schemas', '4.0.0', {
  'index.mjs': `
import { make } from './make.mjs'
export const number = () => make({ kind: 'number', checks: [] })
export const object = shape =>
  make({
    kind: 'object',
    checks: [],
    get shape() {
      const copy = { ...shape }
      Object.defineProperty(this, 'shape', { value: copy, enumerable: true })
      return copy
    },
  })
`,
  'make.mjs': `
class Schema {
  constructor(kind) { this.kind = kind }
}
export function make(def) {
  const schema = new Schema(def.kind)
  Object.defineProperty(schema, '_internal', { value: { def, compiled: undefined, uses: {} } })
  schema.min = least => make({ ...schema._internal.def, checks: [...schema._internal.def.checks, { kind: 'min', least }] })
  schema.transform = fn => make({ ...schema._internal.def, transform: fn })
  schema.parse = value => {
    const internal = schema._internal
    internal.compiled ??= compile(internal.def)
    internal.uses.parse = true
    return internal.compiled(value)
  }
  return schema
}
function compile(def) {
  return value => {
    if (typeof value !== def.kind) throw new TypeError(def.kind)
    for (const { least } of def.checks) if (value < least) throw new RangeError(String(least))
    const read = def.kind === 'object' ? readObject(def.shape, value) : value
    return def.transform === undefined ? read : def.transform(read)
  }
}
function readObject(shape, value) {
  return Object.fromEntries(Object.keys(shape).map(key => [key, shape[key].parse(value[key])]))
}
`,
})
