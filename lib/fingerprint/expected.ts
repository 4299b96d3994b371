import type { AnyFunction } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import type { NormalForm } from './normal-form/normal-form.ts'
import type { Reached } from './reached.ts'

/** So many functions are read at once with the next function of the same text. */
const MOST_EXPECTED = 64

const expected = new WeakMap<NormalForm, readonly WeakRef<AnyFunction>[]>()

/**
 * The functions that a function of the same text reached before. Closures that are made in a loop reach the same ones, and
 * to read many at once costs less than one after the other.
 */
export function expectedFrom(fn: AnyFunction): readonly AnyFunction[] {
  const found = expected.get(formOf(fn)) ?? []
  return found.flatMap(reference => {
    const each = reference.deref()
    return each === undefined || each === fn ? [] : [each]
  })
}

/** Notes what `fn` reached. */
export function expect(fn: AnyFunction, reached: readonly Pick<Reached, 'fn'>[]): void {
  const others = reached.filter(each => each.fn !== fn).slice(0, MOST_EXPECTED)
  const known = expected.get(formOf(fn))
  const isSame =
    known?.length === others.length && known.every((reference, i) => reference.deref() === others[i]?.fn)
  if (!isSame)
    expected.set(
      formOf(fn),
      others.map(each => new WeakRef(each.fn)),
    )
}
