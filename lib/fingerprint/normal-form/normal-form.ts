import { type ParsedFunction, parseFunction } from '../../base/parse-function.ts'
import { BRANCHES } from './branches.ts'
import { CALLS } from './calls.ts'
import { CLASSES, membersOf, writeRootClass } from './classes.ts'
import { EXPRESSIONS } from './expressions.ts'
import type { Hole, NormalForm } from './form.ts'
import { FUNCTIONS, writeFunction } from './functions.ts'
import { LITERALS } from './literals.ts'
import { LOOPS } from './loops.ts'
import { emptyNotes, type Notes } from './notes.ts'
import { Pen, type Rules, UnknownSyntax } from './pen.ts'
import type { Scope } from './scope.ts'
import { STATEMENTS } from './statements.ts'
import { wordsIn } from './words.ts'

export type { ClassMember, Hole, Mutation, NormalForm } from './form.ts'

/** Part of every fingerprint. Raised with every change of what a text looks like. */
export const NORMAL_FORMAT = 1

/**
 * Brings the source text of a function, as `Function.prototype.toString` gives it, into a form in which two functions
 * that are written differently and do the same are one text, as far as that can be told without knowing what they do:
 * layout, comments, spelling of literals, redundant punctuation and the names of local variables are gone. What the
 * function names of the outside is left open, one hole for each mention; what those names stand for, the caller finds
 * out, and `renderNormalForm` puts it in. Two texts that are equal with equal things in their holes behave alike.
 *
 * Pure: the same source gives the same form everywhere. Throws ERR_CACHE_PACKAGE where the parser is missing.
 */
export function normalFormOf(source: string): NormalForm {
  const parsed = parseFunction(source)
  if (parsed === undefined) return textForm(source)
  try {
    const pen = write(parsed, { keepNames: false })
    return pen.notes.usesEval
      ? formOf(parsed, write(parsed, { keepNames: true }), wordsIn(source))
      : formOf(parsed, pen, [])
  } catch (error) {
    // Syntax without a rule, or nested more deeply than the stack is: the source says it all.
    if (error instanceof UnknownSyntax || error instanceof RangeError) return textForm(source)
    throw error
  }
}

/**
 * The text with its holes filled. `targetOf` names what a hole stands for, and how many members of its chain that
 * covers: of `ns.fn.name`, where `ns.fn` was found, `consumed` is 1, and the rest is written as it is.
 */
export function renderNormalForm(
  form: NormalForm,
  targetOf: (hole: Hole, index: number) => { readonly text: string; readonly consumed: number },
): string {
  let text = form.pieces[0] ?? ''
  form.holes.forEach((hole, index) => {
    const { text: target, consumed } = targetOf(hole, index)
    const rest = hole.members.slice(consumed)
    // The length first: whatever is in a target, it cannot be taken for the text around it.
    text += `{${target.length}:${target}}`
    for (const member of rest) text += `.${member}`
    // `(0, a.b)()` is `a.b()` where `a.b` is a thing of its own, and another call where `b` is a member of `a`.
    if (hole.isDetached && rest.length > 0) text += '!'
    text += form.pieces[index + 1] ?? ''
  })
  return text
}

const RULES: Rules = {
  ...EXPRESSIONS,
  ...LITERALS,
  ...CALLS,
  ...FUNCTIONS,
  ...CLASSES,
  ...STATEMENTS,
  ...BRANCHES,
  ...LOOPS,
}

function write(parsed: ParsedFunction, { keepNames }: { readonly keepNames: boolean }): Pen {
  const { text, node, member } = parsed
  const isClass = node.type === 'ClassExpression'
  const scope: Scope = {
    names: new Map(),
    hoisted: undefined,
    parent: undefined,
    thisOf: 'outside',
    isStrict: isClass,
  }
  const pen = new Pen({ rules: RULES, text, scope, keepNames })
  const ownName = node.type === 'ArrowFunctionExpression' ? undefined : node.id?.name
  // A class sees itself by its name, whatever happens to the variable outside.
  if (ownName !== undefined) scope.names.set(ownName, { label: 'self', role: isClass ? 'local' : 'self' })
  if (keepNames && ownName !== undefined) pen.write(`${ownName} `)
  if (isClass) writeRootClass(node, pen)
  else if (node.type === 'ArrowFunctionExpression')
    writeFunction(node, pen, { head: 'arrow', thisOf: 'outside', parameters: 'parameter' })
  else writeFunction(node, pen, { head: member?.kind ?? 'function', thisOf: 'self', parameters: 'parameter' })
  return pen
}

function formOf({ node, text }: ParsedFunction, pen: Pen, words: readonly string[]): NormalForm {
  const isClass = node.type === 'ClassExpression'
  return {
    kind: isClass ? 'class' : 'function',
    pieces: pen.pieces(),
    holes: pen.holes,
    words,
    ...factsOf(pen.notes),
    members: isClass ? membersOf(node.body, text) : [],
  }
}

function textForm(source: string): NormalForm {
  return {
    kind: 'text',
    pieces: [source],
    holes: [],
    words: wordsIn(source),
    ...factsOf(emptyNotes()),
    members: [],
  }
}

type Facts = Omit<NormalForm, 'kind' | 'pieces' | 'holes' | 'words' | 'members'>

function factsOf(notes: Notes): Facts {
  return {
    ...notes,
    writes: [...notes.writes],
    mutations: [...notes.mutations.values()],
    mutatedParameters: [...notes.mutatedParameters],
    thisWrites: [...notes.thisWrites],
    requires: [...notes.requires],
    imports: [...notes.imports],
  }
}
