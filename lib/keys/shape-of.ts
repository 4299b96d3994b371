import { types } from 'node:util'
import { readPrivateFields } from '../base/inspector.ts'
import { hasNamedProperties, isDense } from './array-content.ts'
import { IGNORED } from './atoms.ts'
import { builtinName } from './builtins.ts'
import { type ClassIdentity, classIdentity } from './class-identity.ts'
import { contentOf } from './content.ts'
import { type Encoding, NO_POLICY } from './encoding.ts'
import { functionShape } from './function-shape.ts'
import type { Content } from './held-content.ts'
import { CONTENT, ownContentOf } from './own-content.ts'
import { ownFields } from './own-fields.ts'
import { LEFT_OUT_SHAPE, readingOf, shapeByPolicy } from './policy-shape.ts'
import { Refusal } from './refusal.ts'
import { NONE, type Shape } from './shape.ts'
import { TAG } from './tags.ts'

/** What of `value` belongs to a key. Runs none of its code. Throws a `Refusal` if it has no stable identity. */
export function shapeOf(value: object, encoding: Encoding = NO_POLICY): Shape {
  const { policy } = encoding
  if (policy === undefined) return shapeInside(value, encoding)
  const shape = shapeByPolicy(value, policy, encoding)
  if (shape !== undefined) return shape
  const reading = readingOf(value, policy, encoding)
  return reading === 'all' ? LEFT_OUT_SHAPE : shapeInside(value, reading)
}

function shapeInside(value: object, encoding: Encoding): Shape {
  if (types.isProxy(value)) return proxyShape(value, encoding)
  if (typeof value === 'function') return functionShape(value)
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === Object.prototype)
    return plainShape(value, encoding) ?? shapeByContent(value, prototype, encoding)
  if (prototype === Array.prototype && Array.isArray(value))
    return bareArrayShape(value, encoding) ?? shapeByContent(value, prototype, encoding)
  return shapeByContent(value, prototype, encoding)
}

function proxyShape(proxy: object, { policy }: Encoding): Shape {
  const inside = policy?.insideOf?.(proxy)
  if (inside === undefined) throw new Refusal('Proxy')
  const items = [inside.target, inside.handler]
  return build({ tag: TAG.proxy, base: '', items, labels: ['', ''] }, NONE, NONE)
}

/** The quick way for most objects; undefined for those that are not what their prototype says. */
function plainShape(value: object, encoding: Encoding): Shape | undefined {
  if (types.isArgumentsObject(value)) return undefined
  if (Object.hasOwn(value, CONTENT)) return undefined
  const { names, values } = ownFields(value, undefined, encoding)
  if (isEmpty(value, names, encoding) && mayHideContent(value)) return undefined
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

/** To `Object.keys`. */
function isEmpty(value: object, names: readonly unknown[], { hidden }: Encoding): boolean {
  return names.length === 0 || (hidden && Object.keys(value).length === 0)
}

// `{}` to the eye: Math, a prototype, or a Map with another prototype.
function mayHideContent(value: object): boolean {
  return Reflect.ownKeys(value).length > 0 || contentOf(value).tag !== TAG.object
}

/** The quick way for arrays without holes and extra properties. */
function bareArrayShape(array: readonly unknown[], { accessors }: Encoding): Shape | undefined {
  if (
    !isDense(array, accessors) ||
    hasNamedProperties(array) ||
    Object.getOwnPropertySymbols(array).length > 0
  )
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

function shapeByContent(value: object, prototype: object | null, encoding: Encoding): Shape {
  const own = ownContentOf(value) ?? encoding.policy?.contentOf?.(value)
  if (own !== undefined) return build({ tag: TAG.ownContent, base: '', head: [own] }, NONE, NONE)
  if (encoding.policy?.handles === 'stand-in' && types.isModuleNamespaceObject(value))
    return namespaceShape(value, encoding)
  const content = withoutLeftOut(contentOf(value, encoding), encoding)
  if (content.tag === TAG.object) {
    const name = builtinObjectName(value)
    if (name !== undefined) return build({ tag: TAG.builtin, base: '', head: [name] }, NONE, NONE)
    if (prototype === null) return assemble(value, { ...content, tag: TAG.nullPrototype }, encoding)
  }
  const identity = prototype === null ? undefined : classIdentity(prototype)
  if (identity !== undefined && isBaseOf(identity, content)) return assemble(value, content, encoding)
  return assemble(
    value,
    content.tag === TAG.object ? { ...content, tag: TAG.instance } : content,
    encoding,
    identity,
  )
}

// Properties that are no fields: the message of an Error, how far a RegExp has come.
function withoutLeftOut(content: Content, { leftOut }: Encoding): Content {
  const { items, labels } = content
  if (leftOut === undefined || items === undefined || labels === undefined) return content
  return {
    ...content,
    items: items.map((item, i) => (leftOut.has(labels[i]?.slice(1) ?? '') ? IGNORED : item)),
  }
}

// Live bindings are data; one that is read before its module has run has no value yet.
function namespaceShape(value: object, encoding: Encoding): Shape {
  try {
    return build({ tag: TAG.namespace, base: '' }, NONE, NONE, ownFields(value, undefined, encoding))
  } catch (error) {
    if (error instanceof ReferenceError) throw new Refusal('module namespace', 'is not complete yet')
    throw error
  }
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
function assemble(value: object, content: Content, encoding: Encoding, identity?: ClassIdentity): Shape {
  const fields = ownFields(value, content.skip, encoding)
  if (identity === undefined) return build(content, NONE, NONE, fields)
  const name = encoding.policy?.classNames === false ? '' : identity.name
  const head: unknown[] = [identity.base, name, ...classAtoms(identity, encoding)]
  const items: unknown[] = []
  const labels: string[] = []
  if (identity.prototype !== undefined) {
    head.push('prototype')
    items.push(identity.prototype)
    labels.push('.__proto__')
  }
  for (const { name, value: privateValue } of privateFields(value, identity)) {
    if (encoding.leftOut?.has(name) === true) continue
    head.push(name)
    items.push(privateValue)
    labels.push(`.${name}`)
  }
  return build({ ...content, head: [...(content.head ?? NONE), ...head] }, items, labels, fields)
}

/** What the classes of an instance count by. */
function classAtoms({ digest, classes }: ClassIdentity, { policy }: Encoding): readonly unknown[] {
  if (policy === undefined) return [digest]
  return [classes.length, ...classes.map(owner => policy.functionAtom(owner))]
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
