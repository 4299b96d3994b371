import { type AnyFunction, nameOf } from '../keys/source.ts'
import { callerFile } from './caller.ts'
import { type CodeReading, NOTHING_READ } from './code-reading.ts'
import type { Finding } from './findings.ts'
import { moduleGraph } from './module-graph.ts'
import { ownTextOf } from './own-text.ts'

/**
 * What `fn` depends on where nothing can be looked into: its own text, and all files that the program's main module and the
 * file that asks are made of, to the byte. Captured values do not count.
 */
export function readStatic(fn: AnyFunction): Omit<CodeReading, 'code'> & { readonly text: string } {
  const path = nameOf(fn) || 'the function'
  const entries = new Set([process.argv[1], callerFile()])
  const graphs = [...entries].flatMap(entry => (entry === undefined ? [] : [moduleGraph(entry)]))
  const unreadable = graphs.flatMap(({ findings }) => findings)
  const findings: Finding[] = [
    { kind: 'static', path },
    ...[...new Set(unreadable)].map((where): Finding => ({ kind: 'unreadable', path: `${path} > ${where}` })),
  ]
  return {
    ...NOTHING_READ,
    text: [ownTextOf(fn), ...graphs.map(({ hash }) => hash)].join('\n'),
    mode: 'static',
    findings,
  }
}
