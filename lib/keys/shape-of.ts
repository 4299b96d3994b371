import { types } from 'node:util'
import { hasNamedProperties, isDense } from './array-content.ts'
import { builtinName } from './builtins.ts'
import { type ClassIdentity, classIdentity } from './class-identity.ts'
import { type Content, contentOf } from './content.ts'
import { functionShape } from './function-shape.ts'
import { ownFields } from './own-fields.ts'
import { readPrivateFields } from './private-fields.ts'
import { Refusal } from './refusal.ts'
import { NONE, type Shape } from './shape.ts'
import { TAG } from './tags.ts'

/** What of `value` belongs to a key. Runs none of its code. Throws a `Refusal` if it has no stable identity. */
export function shapeOf(value: object): Shape {
  if (types.isProxy(value)) throw new Refusal('Proxy')
  if (typeof value === 'function') return functionShape(value)
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return plainShape(value) ?? shapeByContent(value, prototype)
  if (prototype === Array.prototype && Array.isArray(value)) {
    return bareArrayShape(value) ?? shapeByContent(value, prototype)
  }
  return shapeByContent(value, prototype)
}

/** The quick way for most objects; undefined for those that are not what their prototype says. */
function plainShape(value: object): Shape | undefined {
  if (types.isArgumentsObject(value)) return undefined
  const { names, values } = ownFields(value)
  if (names.length === 0 && mayHideContent(value)) return undefined
  return {
    tag: TAG.object,
    head: NONE,
    raw: undefined,
    children: values,
    items: 0,
    entries: 0,
    entrySize: 1,
    names,
    labels: undefined,
  }
}

// `{}` to the eye: Math, a prototype, or a Map with another prototype.
function mayHideContent(value: object): boolean {
  return Reflect.ownKeys(value).length > 0 || contentOf(value).tag !== TAG.object
}

/** The quick way for arrays without holes and extra properties. */
function bareArrayShape(array: readonly unknown[]): Shape | undefined {
  if (!isDense(array) || hasNamedProperties(array) || Object.getOwnPropertySymbols(array).length > 0)
    return undefined
  return arrayShape(array)
}

/** The shape of an array that has elements, none of them missing, and nothing else. */
export function arrayShape(array: readonly unknown[]): Shape {
  return {
    tag: TAG.array,
    head: [array.length],
    raw: undefined,
    children: array,
    items: array.length,
    entries: 0,
    entrySize: 1,
    names: NONE,
    labels: undefined,
  }
}

function shapeByContent(value: object, prototype: object | null): Shape {
  const content = contentOf(value)
  if (content.tag === TAG.object) {
    const name = builtinObjectName(value)
    if (name !== undefined) return build({ tag: TAG.builtin, base: '', head: [name] }, NONE, NONE)
    if (prototype === null) return assemble(value, { ...content, tag: TAG.nullPrototype })
  }
  const identity = prototype === null ? undefined : classIdentity(prototype)
  if (identity !== undefined && isBaseOf(identity, content)) return assemble(value, content)
  return assemble(value, content.tag === TAG.object ? { ...content, tag: TAG.instance } : content, identity)
}

// Only what has no enumerable properties is looked for: that needs a walk through the language, once.
function builtinObjectName(value: object): string | undefined {
  if (value === globalThis) throw new Refusal('global object')
  return Object.keys(value).length === 0 && Reflect.ownKeys(value).length > 0 ? builtinName(value) : undefined
}

function isBaseOf(identity: ClassIdentity, content: Content): boolean {
  if (identity.digest !== '' || identity.prototype !== undefined) return false
  return identity.base === content.base
}

/** The shape of an object with this content, and with what its class adds where it is not that of its kind. */
function assemble(value: object, content: Content, identity?: ClassIdentity): Shape {
  if (identity === undefined) return build(content, NONE, NONE, ownFields(value, content.skip))
  const head: unknown[] = [identity.base, identity.name, identity.digest]
  const items: unknown[] = []
  const labels: string[] = []
  if (identity.prototype !== undefined) {
    head.push('prototype')
    items.push(identity.prototype)
    labels.push('.__proto__')
  }
  for (const { name, value: privateValue } of privateFields(value, identity)) {
    head.push(name)
    items.push(privateValue)
    labels.push(`.${name}`)
  }
  return build(
    { ...content, head: [...(content.head ?? NONE), ...head] },
    items,
    labels,
    ownFields(value, content.skip),
  )
}

function privateFields(value: object, identity: ClassIdentity): readonly { name: string; value: unknown }[] {
  const { name, privates, hidden } = identity
  if (hidden) throw new Refusal(name, 'has private fields that its compiler put where nothing can read them')
  if (privates === undefined)
    throw new Refusal(name, 'may have private fields, and its source cannot be parsed')
  if (privates.size === 0) return NONE
  const fields = readPrivateFields(value)
  if (fields === undefined)
    throw new Refusal(name, 'has private fields, and there is no inspector here to read them')
  return fields.filter(field => privates.has(field.name))
}

function build(
  content: Content,
  items: readonly unknown[],
  labels: readonly string[],
  fields: { readonly names: readonly (string | symbol)[]; readonly values: readonly unknown[] } = NO_FIELDS,
): Shape {
  const own = content.items ?? NONE
  const bag = content.bag ?? NONE
  const entrySize = content.entrySize ?? 1
  return {
    tag: content.tag,
    head: content.head ?? NONE,
    raw: content.raw,
    children: [...own, ...items, ...bag, ...fields.values],
    items: own.length + items.length,
    entries: bag.length / entrySize,
    entrySize,
    names: fields.names,
    labels: labelsOf(content, own.length, labels),
  }
}

const NO_FIELDS = { names: NONE, values: NONE }

function labelsOf(content: Content, own: number, labels: readonly string[]): readonly string[] | undefined {
  if (labels.length === 0) return content.labels
  return [...(content.labels ?? Array.from({ length: own }, (_, i) => `[${i}]`)), ...labels]
}
