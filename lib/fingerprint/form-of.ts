import { onceFor } from '../base/once-for.ts'
import { type AnyFunction, sourceOf } from '../keys/source.ts'
import { type NormalForm, normalFormOf } from './normal-form/normal-form.ts'

/** Texts that are remembered: closures that are made in a loop share theirs. */
const MOST_TEXTS = 4_096

const byText = new Map<string, NormalForm>()

/** The normal form of `fn`, made once for each function and for each text. */
export const formOf: (fn: AnyFunction) => NormalForm = onceFor((fn: AnyFunction) => {
  const text = sourceOf(fn)
  let form = byText.get(text)
  if (form === undefined) {
    if (byText.size >= MOST_TEXTS) byText.clear()
    form = normalFormOf(text)
    byText.set(text, form)
  }
  return form
})
