import type { AnyFunction } from '../keys/source.ts'
import { formOf } from './form-of.ts'
import { renderNormalForm } from './normal-form/normal-form.ts'

/** The text of a function alone: what it takes from outside is there by name only. */
export function ownTextOf(fn: AnyFunction): string {
  return renderNormalForm(formOf(fn), ({ name, isSelf }) => ({ text: isSelf ? '' : name, consumed: 0 }))
}
