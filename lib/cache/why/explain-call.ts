import type { MaybePromise } from '../../base/maybe-promise.ts'
import { chain } from '../../base/maybe-promise.ts'
import type { CodeVersion } from '../../entries/code-version.ts'
import { USER_KEY_PREFIX } from '../../entries/entry-key.ts'
import type { Verdict } from '../../entries/verdict.ts'
import type { Call, Shelf } from '../call.ts'
import { renderValue } from '../render-call.ts'
import { type Evidence, evidenceFor, type Inquiry } from './evidence.ts'
import { explain } from './explain.ts'
import type { Explanation } from './explanation.ts'
import { keptArguments, keptKeys } from './kept-arguments.ts'

/** A call, as far as explaining it goes; `code` gives undefined where no function was named. */
export type ExplainedCall = Pick<Call, 'title' | 'storeKey' | 'settings' | 'fn' | 'program' | 'shown'> & {
  readonly code: () => CodeVersion | undefined
}

/** Explains the verdict on a call, with all that its store knows about it: at once, where that answers at once. */
export function explainCall(shelf: Shelf, call: ExplainedCall, verdict: Verdict): MaybePromise<Explanation> {
  return chain(evidenceFor(verdict, inquiryOf(shelf, call)), evidence => explain(verdict, evidence))
}

function inquiryOf({ place, read, store, view }: Shelf, call: ExplainedCall): Inquiry {
  const { settings, storeKey, fn } = call
  const args = call.shown()
  const facts = { call: call.title(), place, storeKey, settings, read, args, program: programNow(call) }
  if (view === undefined) {
    const hasUserKeys = storeKey.startsWith(USER_KEY_PREFIX)
    const kept = () => keptArguments(store, { name: settings.name, hasUserKeys })
    return { ...facts, fn, root: settings.name, first: 'args[0]', keptArguments: kept }
  }
  const keys = () => {
    const open = view()
    return open === undefined || typeof args[0] !== 'object' ? [] : keptKeys(open)
  }
  return { ...facts, fn: undefined, root: renderValue(args[0]), first: 'key', keptArguments: keys }
}

function programNow(call: ExplainedCall): Evidence['program'] {
  const version = call.code()
  if (version === undefined) return undefined
  const { findings } = call.program.reading()
  return { version, findings, parts: () => call.program.reading().parts() }
}
