import { onceFor } from '../base/once-for.ts'
import type { Parameters } from './parameters.ts'
import { seenArguments } from './seen-arguments.ts'

/** `args` as they count under these `names`: see `seenArguments`. */
export function applyIgnore(
  parameters: Parameters,
  names: readonly string[],
  args: readonly unknown[],
): unknown[] {
  return [...(names.length === 0 ? withoutNames(parameters) : seenArguments(parameters, names))(args)]
}

const withoutNames = onceFor((parameters: Parameters) => seenArguments(parameters, []))
