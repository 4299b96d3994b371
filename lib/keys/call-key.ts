import { types } from 'node:util'
import { ABSENT, writeAtom } from './atoms.ts'
import type { ByteWriter } from './byte-writer.ts'
import { withWriter, writeValue } from './canonical.ts'
import { type ClassIdentity, classIdentity } from './class-identity.ts'
import { inheritedData } from './own-fields.ts'
import { readPrivateFields } from './private-fields.ts'
import { propertyStep, Refusal, unkeyable } from './refusal.ts'
import { sha256Hex } from './sha256.ts'
import { COLLAPSE_BYTES, writeHeader } from './shape.ts'
import { arrayShape } from './shape-of.ts'
import { nameOf, sourceDigest } from './source.ts'

export interface Call {
  /** Of the function. */
  readonly name: string
  /** What `this` is, for methods. `fields`: which of its fields count; all own ones if it is not given. */
  readonly receiver?: { readonly value: unknown; readonly fields?: readonly string[] } | undefined
  /** As they count: see `applyIgnore` and `trimArguments`. */
  readonly args: readonly unknown[]
}

/** The default key of a call, as 64 hexadecimal digits: the digest of `callText`. Throws `ERR_CACHE_UNKEYABLE`. */
export function callKey(call: Call): string {
  return digestOfText(callText(call))
}

/** The key of the call that has this text. */
export function digestOfText(text: string): string {
  return sha256Hex(Buffer.from(text, 'latin1'))
}

/**
 * The canonical bytes of a call, each as one character, some kilobytes at most: of the function's name, its arguments, and for methods the class
 * and the fields of `this`. With `fields` only those count: own or inherited ones, private ones as `#name`, a missing one
 * as missing; an accessor that is named there is run. Throws `ERR_CACHE_UNKEYABLE`.
 */
export function callText({ name, receiver, args }: Call): string {
  return withWriter(writer => {
    writeAtom(writer, name)
    if (receiver === undefined || isNoReceiver(receiver.value)) writeAtom(writer, ABSENT)
    else if (receiver.fields === undefined) writeWhole(writer, receiver.value)
    else writeFields(writer, receiver.value, receiver.fields)
    if (!writePlain(writer, args)) writeValue(writer, args, 'args')
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

function writeWhole(writer: ByteWriter, value: unknown): void {
  writeAtom(writer, 'this')
  writeValue(writer, value, 'this')
}

function writeFields(writer: ByteWriter, value: unknown, fields: readonly string[]): void {
  const names = [...new Set(fields)].sort()
  writeAtom(writer, 'fields')
  writeClass(writer, Object(value))
  writeAtom(writer, names.length)
  for (const name of names) {
    writeAtom(writer, name)
    writeValue(
      writer,
      fieldOf(Object(value), name),
      `this${name.startsWith('#') ? `.${name}` : propertyStep(name)}`,
    )
  }
}

function writeClass(writer: ByteWriter, value: object): void {
  const identity = typeof value === 'function' ? undefined : identityOf(Object.getPrototypeOf(value))
  if (identity === undefined) {
    writeValue(
      writer,
      sourcesOf(typeof value === 'function' ? value : inheritedData(value, 'constructor', ABSENT)),
      'this',
    )
    return
  }
  for (const atom of [identity.base, identity.name, identity.digest]) writeAtom(writer, atom)
  writeValue(writer, identity.prototype ?? ABSENT, 'this.__proto__')
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

/** The names and sources of a class and its superclasses. */
function sourcesOf(owner: unknown): string[] {
  const sources: string[] = []
  for (
    let level = owner;
    typeof level === 'function' && level !== Function.prototype;
    level = Object.getPrototypeOf(level)
  ) {
    sources.push(nameOf(level), sourceDigest(level))
  }
  return sources
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
