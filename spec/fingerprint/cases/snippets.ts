/** A program, and exactly the findings about its `main`. */
export interface Snippet {
  readonly title: string
  readonly text: string
  /** `kind path`, sorted. */
  readonly findings: readonly string[]
}

const snippet = (title: string, text: string, ...findings: readonly string[]): Snippet => ({
  title,
  text,
  findings: [...findings].sort(),
})

/** Section 5 of what was tried: what of the world decides a result, and which way leads there. */
export const SNIPPETS: readonly Snippet[] = [
  snippet('arithmetic', 'export const main = (a, b) => Math.max(a, b) * 2'),
  snippet(
    'a local that is written',
    'export function main(a) { let n = 0; n++; const l = []; l.push(n, a); return l }',
  ),
  snippet('a date of an argument', 'export const main = a => new Date(a).getTime()'),
  snippet('pure helpers', 'const help = a => a.map(b => b + 1)\nexport const main = a => help(a)'),
  snippet(
    'a captured table that is read',
    'const k = { a: 1 }\nexport const main = a => k[a] ?? Object.keys(k)',
  ),
  snippet(
    'JSON and paths',
    "import path from 'node:path'\nexport const main = a => JSON.stringify(path.join(a, 'b'))",
  ),
  snippet('Date.now', 'export const main = () => Date.now()', 'clock main > Date.now'),
  snippet(
    'Date.now by another name',
    'const { now } = Date\nexport const main = () => now()',
    'clock main > Date.now',
  ),
  snippet(
    'Date.now three calls away',
    'const c = () => Date.now()\nconst b = () => c()\nexport const main = () => b()',
    'clock main > b > c > Date.now',
  ),
  snippet('new Date()', 'export const main = () => new Date().getTime()', 'clock main > Date'),
  snippet('performance.now', 'export const main = () => performance.now()', 'clock main > performance.now'),
  snippet(
    'hrtime',
    'export const main = () => process.hrtime.bigint()',
    'clock main > process.hrtime.bigint',
  ),
  snippet('Math.random', 'export const main = () => Math.random()', 'random main > Math.random'),
  snippet(
    'random of node:crypto',
    "import { randomBytes } from 'node:crypto'\nexport const main = () => randomBytes(4)",
    'random main > crypto.randomBytes',
  ),
  snippet(
    'a random UUID',
    'export const main = () => crypto.randomUUID()',
    'random main > crypto.randomUUID',
  ),
  snippet('the environment', 'export const main = () => process.env.HOME', 'env main > process.env.HOME'),
  snippet(
    'a captured environment',
    'const { env } = process\nexport const main = () => env.HOME',
    'env main > process.env.HOME',
  ),
  snippet('the working directory', 'export const main = () => process.cwd()', 'env main > process.cwd'),
  snippet(
    'the machine',
    "import os from 'node:os'\nexport const main = () => os.hostname()",
    'env main > os.hostname',
  ),
  snippet(
    'a file',
    "import { readFileSync } from 'node:fs'\nexport const main = a => readFileSync(a)",
    'files main > fs.readFileSync',
  ),
  snippet(
    'a file, by the namespace',
    "import * as fs from 'node:fs'\nexport const main = a => fs.readFileSync(a)",
    'files main > fs.readFileSync',
  ),
  snippet(
    'a process',
    "import { execSync } from 'node:child_process'\nexport const main = a => execSync(a)",
    'process main > child_process.execSync',
  ),
  snippet('the network', 'export const main = a => fetch(a)', 'network main > fetch'),
  snippet(
    'the network of node:http',
    "import http from 'node:http'\nexport const main = a => http.get(a)",
    'network main > http.get',
  ),
  snippet('printing', 'export const main = a => { console.log(a); return a }', 'console main > console.log'),
  snippet(
    'a timer',
    'export const main = a => new Promise(done => setTimeout(done, a))',
    'timers main > setTimeout',
  ),
  snippet('a captured variable', 'let n = 0\nexport const main = () => { n = 1 }', 'writes main > n'),
  snippet(
    'a captured variable in a helper',
    'let n = 0\nconst help = () => ++n\nexport const main = () => help()',
    'writes main > help > n',
  ),
  snippet(
    'a member of a captured object',
    'const k = {}\nexport const main = a => { k.x = a }',
    'mutates main > k.x',
  ),
  snippet('a captured list', 'const k = []\nexport const main = a => { k.push(a) }', 'mutates main > k'),
  snippet('a member of an argument', 'export const main = a => { a.x = 1 }', 'mutates-argument main > a'),
  snippet('an argument that is a list', 'export const main = a => a.sort()', 'mutates-argument main > a'),
  snippet('a part of an argument', 'export const main = ({ a }) => { a.x = 1 }', 'mutates-argument main > a'),
  snippet(
    'Object.assign',
    'export const main = a => Object.assign(a, { x: 1 })',
    'mutates-argument main > a',
  ),
  snippet('delete', 'export const main = a => { delete a.x }', 'mutates-argument main > a'),
  snippet('eval', "export const main = () => eval('1')", 'eval main > eval'),
  snippet(
    'a module by a computed name',
    'export const main = a => import(a)',
    'dynamic-import main > import',
  ),
]
