import { sourceOf, unwrapped } from '../keys/source.ts'
import { effectOf } from './effects.ts'
import { formOf } from './form-of.ts'
import { describeImports } from './imports.ts'
import { lookUp } from './look-up.ts'
import { describeMembers } from './members.ts'
import { type Hole, renderNormalForm } from './normal-form/normal-form.ts'
import type { Reached, Register } from './reached.ts'
import { manyOf, type Resolved, receiverOf, resolve } from './resolve.ts'
import type { Target } from './targets.ts'

/** One's own code: its normal form. Free names count by what they stand for, not by how they are called. */
export function describeOwn(reached: Reached, register: Register): string {
  const { fn, inside, path } = reached
  const form = formOf(fn)
  const places = new Places()
  const text = renderNormalForm(form, hole => {
    if (hole.isSelf && isItself(hole.name, reached)) return { text: '', consumed: 0 }
    if (isWritten(hole.name, reached, register)) {
      register.note('writes', `${path} > ${hole.name}`)
      return { text: places.at(`written ${hole.name}`, () => '<written>'), consumed: 0 }
    }
    const resolved = resolve(hole, inside)
    const { target, consumed, known } = resolved
    noteAbout(hole, resolved, path, register)
    // A name of the language stands as it is: `Math.max` is that, and so is `max` that was taken from it.
    if (known !== undefined)
      return { text: [known, ...hole.members.slice(consumed)].join('.'), consumed: hole.members.length }
    if (target.is === 'text') return { text: target.text, consumed }
    const place = places.at(keyOf(target, hole, consumed), () => register.textOf(target, reached))
    const receiver = !hole.isDetached && usesThis(target) ? receiverOf(hole, inside) : undefined
    if (receiver !== undefined)
      places.at(receiver, () => `<this ${register.textOf(manyOf(receiver, hole.name), reached)}>`)
    return { text: place, consumed }
  })
  if (form.kind === 'text') register.note('unparsed', path)
  if (form.usesLexicalThis) register.note('lexical-this', path)
  for (const name of form.mutatedParameters) register.note('mutates-argument', `${path} > ${name}`)
  return [
    `${text}\n${places.list.join()}`,
    describeVisible(reached, register),
    describeImports(reached, register),
    describeMembers(reached, register),
  ].join('')
}

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
  const kind = effectOf(name, hole.use, hole.argumentCount)
  if (kind !== undefined) register.note(kind, `${path} > ${name}`)
}

function isWritten(name: string, { inside }: Reached, { leftOut }: Register): boolean {
  if (leftOut.size === 0) return false
  const found = lookUp(name, inside)
  if (found.is === 'global') return leftOut.hasObject(globalThis, name)
  if (found.is !== 'variable') return false
  const scriptId = inside.location?.scriptId ?? ''
  return leftOut.hasVariable({ name, scriptId, scope: found.scope, value: found.value })
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
