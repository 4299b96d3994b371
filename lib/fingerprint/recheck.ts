import { Inspector } from '../base/inspector.ts'
import { isObject } from '../base/is-object.ts'
import type { AnyFunction } from '../keys/source.ts'
import { CapturedValues, PENDING } from './captured-values.ts'
import { Insides } from './insides.ts'
import type { LeftOut } from './left-out.ts'
import type { Reached } from './reached.ts'
import type { Reread } from './targets.ts'
import { type PropertyPath, propertiesAt, type ValueChange, watch } from './watch.ts'

/** A captured value, and how to get at it again. */
interface Place {
  readonly fn: AnyFunction
  readonly path: string
  readonly read: Reread
  readonly digest: string
}

/**
 * Looks again at the values that a reading has found captured. It holds the functions and none of the values: what a
 * program lets go of is let go of.
 */
export class Recheck {
  readonly #places: readonly Place[]
  readonly #numbers: Map<AnyFunction, number>
  readonly #leftOut: LeftOut

  constructor(reached: readonly Reached[], leftOut: LeftOut) {
    this.#places = reached.flatMap(({ fn, slots }) =>
      slots.map(({ path, read, digest }) => ({ fn, path, read, digest })),
    )
    this.#numbers = new Map(reached.map(({ fn }, number) => [fn, number]))
    this.#leftOut = leftOut
  }

  /** Starts watching; what is returned tells what has changed since then, and where. */
  watch(): () => readonly ValueChange[] {
    if (this.#places.length === 0) return () => []
    const changes = this.#look(({ value }) => watch(value))
    return () => {
      const now = this.#look(({ digest }) => digest(this.#leftOut))
      return this.#places.flatMap(({ digest }, index) =>
        digest === now[index] ? [] : [changeOf(index, digest, now[index], changes[index])],
      )
    }
  }

  /** The digest of one value as it is now, without what lies at `paths`. */
  valueWithout(index: number, paths: readonly PropertyPath[]): string {
    const without = (each: Seen) => each.digest(this.#leftOut.and(propertiesAt(each.value, paths)))
    return this.#look((each, at) => (at === index ? without(each) : ''))[index] ?? ''
  }

  /** All that `changes` are about, as something that is left out. */
  leftOut(changes: readonly ValueChange[]): LeftOut {
    let leftOut = this.#leftOut
    this.#look(({ value }, at) => {
      for (const { index, paths } of changes) {
        if (index !== at) continue
        const whole = paths === undefined && isObject(value) ? [value] : []
        leftOut = leftOut.and(propertiesAt(value, paths ?? []), whole)
      }
    })
    return leftOut
  }

  #look<T>(body: (seen: Seen, index: number) => T): readonly T[] {
    const found = Inspector.with(inspector => {
      const insides = new Insides(inspector)
      insides.read([...new Set(this.#places.map(({ fn }) => fn))])
      // The same numbers as then; what was not there then gets others.
      const numbers = new Map(this.#numbers)
      const numberOf = (fn: AnyFunction): number => {
        const number = numbers.get(fn) ?? numbers.size
        numbers.set(fn, number)
        return number
      }
      return this.#places.map(({ fn, path, read }, index) => {
        const value = read(insides.of(fn))
        const digest = (leftOut: LeftOut) =>
          new CapturedValues({ inspector, leftOut, numberOf, note: () => {} }).digestOf(value, path)
        return body({ value, digest }, index)
      })
    })
    return found ?? []
  }
}

function changeOf(
  index: number,
  before: string,
  now: string | undefined,
  paths: (() => readonly PropertyPath[] | undefined) | undefined,
): ValueChange {
  if (before.includes(PENDING) && now !== undefined) return { index, paths: undefined, settled: now }
  return { index, paths: paths?.() }
}

interface Seen {
  readonly value: unknown
  readonly digest: (leftOut: LeftOut) => string
}
