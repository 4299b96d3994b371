import { isObject } from '../base/is-object.ts'
import { inheritedValue, ownValue } from '../base/own-value.ts'
import { sourceOf, unwrapped } from '../keys/source.ts'
import { effectOf } from './effects.ts'
import { formOf } from './form-of.ts'
import { describeImports } from './imports.ts'
import { lookUp } from './look-up.ts'
import { describeMembers } from './members.ts'
import { type Hole, renderNormalForm } from './normal-form/normal-form.ts'
import type { Reached, Register } from './reached.ts'
import { manyOf, type Resolved, receiverOf, resolve, targetOf } from './resolve.ts'
import type { Target } from './targets.ts'

/** One's own code: its normal form. Free names count by what they stand for, not by how they are called. */
export function describeOwn(reached: Reached, register: Register): string {
  const { fn, inside, path } = reached
  const form = formOf(fn)
  const places = new Places()
  const text = renderNormalForm(form, hole => {
    if (hole.isSelf && isItself(hole.name, reached)) return { text: '', consumed: 0 }
    const written = writtenIn(hole, reached, register)
    if (written !== undefined) {
      register.note('writes', `${path} > ${written.name}`)
      return { text: places.at(`written ${written.name}`, () => '<written>'), consumed: written.consumed }
    }
    const resolved = resolve(hole, inside)
    const { target, consumed, known } = resolved
    noteAbout(hole, resolved, path, register)
    // A name of the language stands as it is: `Math.max` is that, and so is `max` that was taken from it.
    if (known !== undefined)
      return { text: [known, ...hole.members.slice(consumed)].join('.'), consumed: hole.members.length }
    if (target.is === 'text') return { text: target.text, consumed }
    const place = places.at(keyOf(target, hole, consumed), () => register.textOf(target, reached))
    const called = calledOf(hole, resolved, register)
    if (called?.is === 'function') places.at(called.fn, () => `<calls ${register.textOf(called, reached)}>`)
    const receiver = !hole.isDetached && usesThis(target) ? receiverOf(hole, inside) : undefined
    if (receiver !== undefined)
      places.at(receiver, () => `<this ${register.textOf(manyOf(receiver, hole.name), reached)}>`)
    return { text: place, consumed }
  })
  if (form.kind === 'text') register.note('unparsed', path)
  if (HAS_COMPUTED_FIELD.test(form.pieces.join())) register.note('opaque', `${path} > [field]`)
  if (form.usesLexicalThis) register.note('lexical-this', path)
  for (const name of form.mutatedParameters) register.note('mutates-argument', `${path} > ${name}`)
  return [
    `${text}\n${places.list.join()}`,
    describeVisible(reached, register),
    describeImports(reached, register),
    describeMembers(reached, register),
  ].join('')
}

/** Of an instance field, nothing tells which name was computed for it when the class was made. */
const HAS_COMPUTED_FIELD = /\(field \(key\)/

/** Numbers for what a text mentions, in order: by what it is, and not by its name. */
class Places {
  readonly list: string[] = []
  readonly #numbers = new Map<unknown, number>()

  at(key: unknown, make: () => string): string {
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.list.length
      this.#numbers.set(key, number)
      this.list.push('')
      this.list[number] = make()
    }
    return `$${number}`
  }
}

function keyOf(target: Target, { name, members }: Hole, consumed: number): unknown {
  return target.is === 'function' ? target.fn : [name, ...members.slice(0, consumed)].join('.')
}

function usesThis(target: Target): boolean {
  return target.is === 'function' && /\bthis\b/.test(sourceOf(target.fn))
}

function noteAbout(hole: Hole, resolved: Resolved, path: string, register: Register): void {
  const { finding, known, consumed } = resolved
  if (finding !== undefined) register.note(finding, `${path} > ${hole.name}`)
  if (known === undefined) return
  const name = [known, ...hole.members.slice(consumed)].join('.')
  if (isOutOfSight(hole, known)) register.note('eval', `${path} > ${name}`)
  const kind = effectOf(name, hole.use, hole.argumentCount)
  if (kind !== undefined) register.note(kind, `${path} > ${name}`)
}

/** Which globals are used is decided when it runs: by code from text, or by a name from text. */
function isOutOfSight({ use, members }: Hole, known: string): boolean {
  if (known === 'globalThis') return use === 'value' && members.length === 0
  if (known === 'eval') return use !== 'typeof'
  return known === 'Function' && (use === 'call' || use === 'new')
}

/** The variable of `hole` that the program writes itself. `globalThis.n` is the variable `n`. */
function writtenIn(
  { name, members: [first] }: Hole,
  reached: Reached,
  register: Register,
): { readonly name: string; readonly consumed: number } | undefined {
  if (isWritten(name, reached, register)) return { name, consumed: 0 }
  const isOfGlobal = name === 'globalThis' && first !== undefined && isWritten(first, reached, register)
  return isOfGlobal ? { name: first, consumed: 1 } : undefined
}

function isWritten(name: string, { inside }: Reached, { leftOut }: Register): boolean {
  if (leftOut.size === 0) return false
  const found = lookUp(name, inside)
  if (found.is === 'global' || found.is === 'missing') return leftOut.hasObject(globalThis, name)
  if (found.is !== 'variable') return false
  const scriptId = inside.location?.scriptId ?? ''
  return leftOut.hasVariable({ name, scriptId, scope: found.scope, value: found.value })
}

/** The method that is called, where the object that has it does not count: its code does. */
function calledOf(
  { members, use }: Hole,
  { target, consumed }: Resolved,
  { leftOut }: Register,
): Target | undefined {
  if (target.is !== 'value' || use !== 'call' || leftOut.size === 0) return undefined
  const [method, ...others] = members.slice(consumed).reverse()
  let object: unknown = target.value
  let isLeftOut = isObject(object) && leftOut.hasObject(object)
  for (const name of others.reverse()) {
    object = isObject(object) ? ownValue(object, name) : undefined
    isLeftOut ||= isObject(object) && leftOut.hasObject(object)
  }
  const code =
    isLeftOut && method !== undefined && isObject(object) ? inheritedValue(object, method) : undefined
  return typeof code === 'function' ? targetOf(code, method ?? '', () => code) : undefined
}

/** A function may be called by its name from within; unless another has taken that name since. */
function isItself(name: string, { fn, inside }: Reached): boolean {
  const found = lookUp(name, inside)
  return found.is !== 'variable' || typeof found.value !== 'function' || unwrapped(found.value) === fn
}

/** Code that is made from text may use whatever is in scope; so may a text that cannot be parsed. */
function describeVisible(reached: Reached, register: Register): string {
  const { inside, path, fn } = reached
  const { usesEval, words } = formOf(fn)
  const names = new Set(words)
  if (usesEval) {
    register.note('eval', `${path} > eval`)
    for (const { kind, variables } of inside.scopes)
      if (kind !== 'global') for (const name of Object.keys(variables)) names.add(name)
  }
  let text = ''
  for (const name of [...names].sort()) {
    if (lookUp(name, inside).is !== 'variable') continue
    // As if it stood there.
    const { target } = resolve({ name, members: [] }, inside)
    text += `\nvisible ${name} ${register.textOf(target, reached)}`
  }
  return text
}
