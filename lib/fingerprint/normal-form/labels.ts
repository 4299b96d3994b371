import type { Identifier } from 'acorn'
import type { Pen } from './pen.ts'
import { resolve } from './scope.ts'

/** What a label is called among the variables of a scope: no variable is. */
export function labelName({ name }: Identifier): string {
  return `${name}:`
}

export function writeLabel(label: Identifier | null | undefined, pen: Pen): void {
  const binding = label ? resolve(pen.scope, labelName(label)).binding : undefined
  if (label && binding !== undefined) pen.local(labelName(label), binding)
  else pen.write('_')
}
