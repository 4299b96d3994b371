import { edited, type Files } from '../../support/program-files.ts'

/**
 * A program in two states, and whether the fingerprint of the function that it exports as `main` is to tell them apart:
 * 'M' it must be another, 'N' it must not, 'D' it is not, which is a documented limit, and a finding says so.
 */
export interface Case {
  readonly number: number
  readonly title: string
  readonly expect: 'M' | 'N' | 'D'
  readonly before: Files
  readonly after: Files
  /** The kind of a finding that must be there, in both states. */
  readonly finding: string | undefined
}

/**
 * `main` is exported by main.mjs, by main.cjs, or by main.ts, which is compiled. A program in one file is its text: an ES
 * module.
 */
export type Program = Files | string

/** What is different afterwards: one place in the program, or another program. */
export type Change = readonly [from: string, to: string] | Program

/** The function means something else afterwards. */
export function changes(number: number, title: string, before: Program, change: Change): Case {
  return inTwoStates('M', { number, title }, before, change)
}

/** The function means the same afterwards. */
export function keeps(number: number, title: string, before: Program, change: Change): Case {
  return inTwoStates('N', { number, title }, before, change)
}

/** The function means something else afterwards, and nothing but a finding can tell. */
export function misses(number: number, title: string, before: Program, change: Change): Case {
  return inTwoStates('D', { number, title }, before, change)
}

/** The same case, with a finding of that kind in both of its states. */
export function withFinding(finding: string, given: Case): Case {
  return { ...given, finding }
}

/** What tells a case from all others. */
export function nameOf({ number, title }: Case): string {
  return `${number}: ${title}`
}

/** The files of a package as it lies in node_modules, with index.js (or index.mjs) as its main file. */
export function installed(name: string, version: string, files: Files): Files {
  const main = Object.keys(files)[0]!
  const description = { name, version, main, exports: `./${main}` }
  const all = { 'package.json': JSON.stringify(description), ...files }
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`node_modules/${name}/${path}`, text]))
}

function inTwoStates(
  expect: Case['expect'],
  name: Pick<Case, 'number' | 'title'>,
  program: Program,
  change: Change,
): Case {
  const before = filesOf(program)
  const after = isEdit(change) ? edited(before, ...change) : filesOf(change)
  return { ...name, expect, before, after, finding: undefined }
}

function filesOf(program: Program): Files {
  return typeof program === 'string' ? { 'main.mjs': program } : program
}

function isEdit(change: Change): change is readonly [string, string] {
  return Array.isArray(change)
}
