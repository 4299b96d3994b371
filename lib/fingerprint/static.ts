import type { AnyFunction } from '../keys/source.ts'
import type { CodeReading } from './code-reading.ts'
import { formOf } from './form-of.ts'
import { moduleGraph } from './module-graph.ts'
import { renderNormalForm } from './normal-form/normal-form.ts'

/** What `fn` depends on where nothing can be looked into: its own text, and all files of the program. */
export function readStatic(fn: AnyFunction, codeOf: (text: string) => string): CodeReading {
  const text = renderNormalForm(formOf(fn), ({ name }) => ({ text: name, consumed: 0 }))
  return {
    mode: 'static',
    code: codeOf(text + moduleGraph(process.argv[1] ?? '').hash),
    values: [],
    readAgain: () => [],
    refusal: undefined,
    isProvisional: false,
    findings: [{ kind: 'static', path: fn.name }],
    parts: () => [],
  }
}
