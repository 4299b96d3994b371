import type { Inspector } from '../base/inspector.ts'
import { type AnyFunction, nameOf, unwrapped } from '../keys/source.ts'
import { CapturedValues } from './captured-values.ts'
import { describe } from './describe.ts'
import { expect, expectedFrom } from './expected.ts'
import type { Finding, FindingKind } from './findings.ts'
import { mayHoldUserData } from './inner-scopes.ts'
import { Insides } from './insides.ts'
import { LeftOut } from './left-out.ts'
import { noteChanges } from './note-changes.ts'
import { placeOf } from './place-of.ts'
import type { Reached, Register, Slot } from './reached.ts'
import type { Target } from './targets.ts'

/** More functions than these count by their number alone. */
const MOST_FUNCTIONS = 10_000

/**
 * Everything that a function reaches, at one moment: functions, numbered in the order in which a breadth first walk meets
 * them, and captured values. The order depends on the code alone, so that the numbers can stand for the functions.
 */
export class Survey implements Register {
  readonly reached: Reached[] = []
  readonly findings = new Map<string, Finding>()
  readonly leftOut: LeftOut
  readonly inspector: Inspector
  readonly #met: Met[] = []
  readonly #numbers = new Map<AnyFunction, number>()
  readonly #waiting: AnyFunction[] = []
  readonly #insides: Insides

  private constructor(inspector: Inspector, leftOut: LeftOut, insides: Insides) {
    this.inspector = inspector
    this.leftOut = leftOut
    this.#insides = insides
  }

  /** What `root` reaches now. More is added to `leftOut`. */
  static of(root: AnyFunction, inspector: Inspector, leftOut = new LeftOut()): Survey {
    const start = unwrapped(root)
    const insides = new Insides(inspector)
    insides.read([start, ...expectedFrom(start)])
    for (;;) {
      const known = leftOut.size
      const survey = new Survey(inspector, leftOut, insides)
      survey.#walk(start)
      // What is left out decides what is reached: once more, until nothing was added.
      if (leftOut.size !== known) continue
      expect(start, survey.reached)
      return survey
    }
  }

  /** What was captured, in the order of the functions. */
  get slots(): readonly Slot[] {
    return this.reached.flatMap(({ slots }) => slots)
  }

  numberOf(fn: AnyFunction, path: string, how: 'named' | 'in a value'): number {
    const known = this.#numbers.get(fn)
    if (known !== undefined) {
      if (how === 'named') (this.#met[known] as Met).isNamed = true
      return known
    }
    const number = this.#met.length
    this.#numbers.set(fn, number)
    this.#met.push({ path, isNamed: how === 'named' })
    if (number < MOST_FUNCTIONS) this.#waiting.push(fn)
    else this.note('too-many', path)
    return number
  }

  textOf(target: Target, by: Pick<Reached, 'path' | 'slots'>): string {
    switch (target.is) {
      case 'text':
        return target.text
      case 'function':
        return `f${this.numberOf(target.fn, `${by.path} > ${target.label}`, 'named')}`
      case 'value':
        by.slots.push({
          path: `${by.path} > ${target.label}`,
          value: target.value,
          read: target.read,
          digest: '',
        })
        return 'v'
      case 'many': {
        const members = target.members.map(
          ([name, member]) => `${JSON.stringify(name)}:${this.textOf(member, by)}`,
        )
        return `{${members.join()}}`
      }
    }
  }

  note(kind: FindingKind, path: string): void {
    this.findings.set(`${kind} ${path}`, { kind, path })
  }

  #walk(root: AnyFunction): void {
    const values = new CapturedValues(this.#forValues())
    this.numberOf(root, nameOf(root) || 'the function', 'named')
    let digested = 0
    const atFirst = this.leftOut.size
    for (;;) {
      this.#walkFunctions()
      // It is walked once more in any case.
      if (this.leftOut.size !== atFirst && this.leftOut.size > 0) return
      for (const { slots } of this.reached.slice(digested))
        for (const slot of slots) slot.digest = values.digestOf(slot.value, slot.path)
      digested = this.reached.length
      // Functions that lie in values.
      if (this.#waiting.length === 0) return
    }
  }

  #walkFunctions(): void {
    while (this.#waiting.length > 0) {
      const level = this.#waiting.splice(0)
      this.#insides.read(level)
      const found = level.map(fn => this.#look(fn))
      for (const each of found) noteChanges(each, this)
      for (const each of found) {
        each.text = describe(each, this)
        this.reached.push(each)
      }
    }
  }

  #look(fn: AnyFunction): Reached {
    const inside = this.#insides.of(fn)
    // Met before.
    const met = this.#met[this.#numbers.get(fn) as number] as Met
    const place = placeOf(inside, this.inspector)
    // V8 is slow to tell of a function with hundreds of others for properties, such as lodash.
    if (place.is !== 'own' && !mayHoldUserData(inside)) this.#insides.fix(fn)
    return {
      fn,
      path: met.path,
      get isNamed() {
        return met.isNamed
      },
      inside,
      place,
      slots: [],
      text: '',
    }
  }

  #forValues() {
    return {
      inspector: this.inspector,
      leftOut: this.leftOut,
      numberOf: this.numberOf.bind(this),
      note: this.note.bind(this),
    }
  }
}

interface Met {
  readonly path: string
  isNamed: boolean
}
