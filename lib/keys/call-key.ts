import { types } from 'node:util'
import { ABSENT, writeAtom } from './atoms.ts'
import type { ByteWriter } from './byte-writer.ts'
import { withWriter, writeValue } from './canonical.ts'
import { type ClassIdentity, classIdentity } from './class-identity.ts'
import { readPrivateFields } from './private-fields.ts'
import { propertyStep, Refusal, unkeyable } from './refusal.ts'
import { sha256Hex } from './sha256.ts'
import { type AnyFunction, nameOf, sourceDigest } from './source.ts'

export interface Call {
  /** Of the function. */
  readonly name: string
  /** What `this` is, for methods. `fields`: which of its fields count; all own ones if it is not given. */
  readonly receiver?: { readonly value: unknown; readonly fields?: readonly string[] } | undefined
  /** As they count: see `applyIgnore` and `trimArguments`. */
  readonly args: readonly unknown[]
}

/**
 * The default key of a call, as 64 hexadecimal digits: of the function's name, its arguments, and for methods the class
 * and the fields of `this`. With `fields` only those count: own or inherited ones, private ones as `#name`, a missing one
 * as missing; an accessor that is named there is run. Throws `ERR_CACHE_UNKEYABLE`.
 */
export function callKey({ name, receiver, args }: Call): string {
  return withWriter(writer => {
    writeAtom(writer, name)
    if (receiver === undefined || isNoReceiver(receiver.value)) writeAtom(writer, ABSENT)
    else if (receiver.fields === undefined) writeWhole(writer, receiver.value)
    else writeFields(writer, receiver.value, receiver.fields)
    writeValue(writer, args, 'args')
    return sha256Hex(writer.since(0))
  })
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
  if (typeof value === 'function') {
    writeSources(writer, value)
    return
  }
  const prototype: object | null = Object.getPrototypeOf(value)
  const identity = prototype === null ? undefined : identityOf(prototype)
  for (const atom of [identity?.base, identity?.name, identity?.digest]) writeAtom(writer, atom)
  writeValue(writer, identity?.prototype ?? ABSENT, 'this.__proto__')
}

/** Of a class and its superclasses. */
function writeSources(writer: ByteWriter, owner: AnyFunction): void {
  const sources: string[] = []
  let level: unknown = owner
  while (typeof level === 'function' && level !== Function.prototype) {
    sources.push(nameOf(level), sourceDigest(level))
    level = Object.getPrototypeOf(level)
  }
  writeValue(writer, sources, 'this')
}

function identityOf(prototype: object): ClassIdentity {
  try {
    return classIdentity(prototype)
  } catch (error) {
    throw error instanceof Refusal ? unkeyable(error, 'this') : error
  }
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
