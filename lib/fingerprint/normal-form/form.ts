/** A function's text with all that does not matter taken out of it, and a hole wherever it names something of the outside. */
export interface NormalForm {
  /** 'text' if the source cannot be parsed: the one piece is the source itself, and every word of it may be a name. */
  readonly kind: 'function' | 'class' | 'text'
  /** The text between the holes: one piece more than there are holes. */
  readonly pieces: readonly string[]
  /** Every mention of a free name, in order of appearance, those in nested functions included. */
  readonly holes: readonly Hole[]
  /** Every word that may be a name, for kind 'text' and where `usesEval`; else empty. */
  readonly words: readonly string[]
  /** Free variables that it assigns, nested functions included. */
  readonly writes: readonly string[]
  /** What it visibly changes of what free variables hold, nested functions included. */
  readonly mutations: readonly Mutation[]
  /** Its own parameters, destructured ones too, whose values it visibly changes; their local names. */
  readonly mutatedParameters: readonly string[]
  /** Whether `this`, `super`, `new.target` or `arguments` come from around an arrow, or `super` from around a method. */
  readonly usesLexicalThis: boolean
  /** Whether it mentions its own `this`; false for arrows and classes. */
  readonly usesThis: boolean
  /**
   * The properties of its own `this` that it visibly changes, '#x' for private ones, '*' for computed ones; and the calls by which
   * it may change them: 'list.push()'.
   */
  readonly thisWrites: readonly string[]
  /** Whether it holds a direct `eval` or a `with`: then names count, local ones too, and any outer variable may be meant. */
  readonly usesEval: boolean
  /** Whether it mentions `import.meta`, which tells it where it is. */
  readonly usesImportMeta: boolean
  /** What it requires, of calls of the free name `require`; undefined for what is computed. */
  readonly requires: readonly (string | undefined)[]
  /** What it imports by `import()`; undefined for what is computed. */
  readonly imports: readonly (string | undefined)[]
  /** Of a class: the methods and accessors in its text, without the constructor. */
  readonly members: readonly ClassMember[]
}

/** A mention of a free name. */
export interface Hole {
  readonly name: string
  /** The plain members read right after it, `a.b.c` → ['b', 'c'], up to a call or a computed, private or optional member. */
  readonly members: readonly string[]
  /** What is done with the whole chain. An `x += 1`, which reads and writes, is a 'write'; so is `delete`. */
  readonly use: 'value' | 'call' | 'new' | 'typeof' | 'write'
  /** Of a call, `new` or tagged template. */
  readonly argumentCount: number
  /** The first argument, if it is a string. */
  readonly literal: string | undefined
  /** Whether it is called as `(0, a.b)()`: then `a` is not the `this` of the call. */
  readonly isDetached: boolean
  /**
   * Whether it is the function's own name. The text says so already. Its target is '' unless an outer variable of that
   * name holds something else than the function, as when a declared function was replaced by a wrapped one.
   */
  readonly isSelf: boolean
}

/** `a.b.c = 1` → `{ name: 'a', members: ['b'], property: 'c' }`. */
export interface Mutation {
  readonly name: string
  readonly members: readonly string[]
  /** Undefined where it is the whole object at `members` that changes, as by `a.b[k] = 1` and `a.b.push(1)`. */
  readonly property: string | undefined
  /** The method by which it changes, where that is a call: `a.b.push(1)`. What a method of that name does, its code tells. */
  readonly method?: string
}

/**
 * A method or accessor in the text of a class. One on the prototype, or on the class if it is static, that has no
 * member with its source here was put there afterwards. What a computed key came to is in no text: whoever looks at
 * the class adds, for each property made by a member without a key, its name and the number of the member.
 */
export interface ClassMember {
  /** Undefined if it is computed. */
  readonly key: string | undefined
  readonly kind: 'method' | 'get' | 'set'
  readonly isStatic: boolean
  /** As `Function.prototype.toString` gives it. */
  readonly source: string
}
