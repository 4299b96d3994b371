import { types } from 'node:util'
import { readPrivateFields } from '../base/inspector.ts'
import { propertyStep } from '../base/property-step.ts'
import { ABSENT, writeAtom } from './atoms.ts'
import { isNodeClass } from './builtins.ts'
import type { ByteWriter } from './byte-writer.ts'
import { withWriter } from './canonical.ts'
import { type ClassIdentity, classIdentity } from './class-identity.ts'
import { inheritedData } from './own-fields.ts'
import type { Policy } from './policy.ts'
import { Refusal, unkeyable } from './refusal.ts'
import { sha256Hex } from './sha256.ts'
import { COLLAPSE_BYTES, writeHeader } from './shape.ts'
import { arrayShape } from './shape-of.ts'
import { isNative, nameOf, sourceDigest } from './source.ts'
import { writeValue } from './write-value.ts'

export interface Call {
  /** Of the function. */
  readonly name: string
  /** What `this` is, for methods. `fields`: which of its fields count; all own ones if it is not given. */
  readonly receiver?: { readonly value: unknown; readonly fields?: readonly string[] } | undefined
  /** As they count: see `applyIgnore` and `trimArguments`. */
  readonly args: readonly unknown[]
}

/** The default key of a call, as 64 hexadecimal digits: the digest of `callText`. Throws `ERR_CACHE_UNKEYABLE`. */
export function callKey(call: Call, policy?: Policy): string {
  return digestOfText(callText(call, policy))
}

/** The key of the call that has this text. */
export function digestOfText(text: string): string {
  return sha256Hex(Buffer.from(text, 'latin1'))
}

/**
 * The canonical bytes of a call, each as one character, some kilobytes at most: of the function's name, its arguments, and for methods the class
 * and the fields of `this`. With `fields` only those count: own or inherited ones, private ones as `#name`, a missing one
 * as missing; an accessor that is named there is run. `policy` says how functions and classes count. Throws `ERR_CACHE_UNKEYABLE`.
 */
export function callText({ name, receiver, args }: Call, policy?: Policy): string {
  return withWriter(writer => {
    writeAtom(writer, name)
    if (receiver === undefined || isNoReceiver(receiver.value)) writeAtom(writer, ABSENT)
    else if (receiver.fields === undefined) writeWhole(writer, receiver.value, policy)
    else writeFields(writer, receiver.value, receiver.fields, policy)
    if (!writePlain(writer, args)) writeValue(writer, args, 'args', policy)
    return writer.text()
  })
}

/**
 * The quick way for arguments that are all numbers, strings and the like: writes what `writeValue` would, or gives false
 * and nothing is written. `args` is an array of our own, without holes and properties.
 */
function writePlain(writer: ByteWriter, args: readonly unknown[]): boolean {
  const start = writer.length
  writeHeader(writer, arrayShape(args))
  for (const arg of args) {
    // A unique symbol is refused, with its place.
    if (typeof arg !== 'symbol' && writeAtom(writer, arg)) continue
    writer.length = start
    return false
  }
  if (writer.length - start <= COLLAPSE_BYTES) return true
  writer.length = start
  return false
}

/** What `this` is in a plain call, in sloppy and strict code, and in a call through a module. */
function isNoReceiver(value: unknown): boolean {
  return value === undefined || value === null || value === globalThis || types.isModuleNamespaceObject(value)
}

function writeWhole(writer: ByteWriter, value: unknown, policy: Policy | undefined): void {
  writeAtom(writer, 'this')
  writeValue(writer, value, 'this', policy)
}

function writeFields(
  writer: ByteWriter,
  value: unknown,
  fields: readonly string[],
  policy: Policy | undefined,
): void {
  const names = [...new Set(fields)].sort()
  writeAtom(writer, 'fields')
  writeClass(writer, Object(value), policy)
  writeAtom(writer, names.length)
  for (const name of names) {
    writeAtom(writer, name)
    const step = name.startsWith('#') ? `.${name}` : propertyStep(name)
    writeValue(writer, fieldOf(Object(value), name), `this${step}`, policy)
  }
}

function writeClass(writer: ByteWriter, value: object, policy: Policy | undefined): void {
  const identity = typeof value === 'function' ? undefined : identityOf(Object.getPrototypeOf(value))
  if (identity === undefined) {
    const owner = typeof value === 'function' ? value : inheritedData(value, 'constructor', ABSENT)
    writeValue(writer, codeOf(owner, policy), 'this', policy)
    return
  }
  const { base, name, digest, classes, prototype } = identity
  for (const atom of [base, name]) writeAtom(writer, atom)
  if (policy === undefined) writeAtom(writer, digest)
  else writeValue(writer, [...classes], 'this.constructor', policy)
  writeValue(writer, prototype ?? ABSENT, 'this.__proto__', policy)
}

// A class whose state cannot be seen (an EventEmitter) may still be the receiver: the chosen fields say what counts.
function identityOf(prototype: object | null): ClassIdentity | undefined {
  try {
    return prototype === null ? undefined : classIdentity(prototype)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The names of a class and its superclasses, and their code: their sources, or, for a policy, the classes themselves. */
function codeOf(owner: unknown, policy: Policy | undefined): unknown[] {
  const code: unknown[] = []
  for (
    let level = owner;
    typeof level === 'function' && level !== Function.prototype;
    level = Object.getPrototypeOf(level)
  ) {
    code.push(nameOf(level))
    if (policy === undefined) code.push(sourceDigest(level))
    else if (!isNative(level) && !isNodeClass(level)) code.push(level)
  }
  return code
}

function fieldOf(value: object, name: string): unknown {
  if (!name.startsWith('#')) return name in value ? Reflect.get(value, name) : ABSENT
  const fields = readPrivateFields(value)
  if (fields === undefined) {
    throw unkeyable(
      new Refusal('private field', 'cannot be read: there is no inspector here'),
      `this.${name}`,
    )
  }
  return fields.find(field => field.name === name)?.value ?? ABSENT
}
