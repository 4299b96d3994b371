import type { Mutation } from './form.ts'

/** What is noticed about a function while its text is written. */
export interface Notes {
  readonly writes: Set<string>
  /** By a key that says the same. */
  readonly mutations: Map<string, Mutation>
  readonly mutatedParameters: Set<string>
  readonly thisWrites: Set<string>
  readonly requires: Set<string | undefined>
  readonly imports: Set<string | undefined>
  usesLexicalThis: boolean
  usesThis: boolean
  usesEval: boolean
  usesImportMeta: boolean
}

export function emptyNotes(): Notes {
  return {
    writes: new Set(),
    mutations: new Map(),
    mutatedParameters: new Set(),
    thisWrites: new Set(),
    requires: new Set(),
    imports: new Set(),
    usesLexicalThis: false,
    usesThis: false,
    usesEval: false,
    usesImportMeta: false,
  }
}

export function noteMutation(notes: Notes, mutation: Mutation): void {
  const { name, members, property, method } = mutation
  const by = method === undefined ? '' : `(${method})`
  notes.mutations.set(`${name}.${members.join('.')}=${property ?? ''}${by}`, mutation)
}
