// Runs all specs in two halves, side by side: those that start and kill many processes wait for most of their time.
// Arguments go to mocha. The last lines count both halves.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js')
const QUIET = ['spec/crash', 'spec/together', 'spec/stores', 'spec/project']
const HALVES = [
  [...QUIET.flatMap(folder => ['--ignore', `${folder}/**`]), 'spec/**/*.spec.ts'],
  ['--reporter', 'dot', ...QUIET.map(folder => `${folder}/**/*.spec.ts`)],
]

const startedMs = performance.now()
const [shown, quiet] = HALVES.map(half => run([...half, ...process.argv.slice(2)]))
shown.onText = text => process.stdout.write(text)
await Promise.all([shown.ended, quiet.ended])
process.stdout.write(`\n  ${QUIET.join(', ')}${quiet.text()}`)

const seconds = Math.round((performance.now() - startedMs) / 1_000)
for (const what of ['passing', 'pending', 'failing']) {
  const count = countOf(shown, what) + countOf(quiet, what)
  if (count > 0 || what === 'passing')
    process.stdout.write(`  ${count} ${what}${what === 'passing' ? ` (${seconds}s in all)` : ''}\n`)
}
process.exitCode = (await shown.ended) || (await quiet.ended)

function run(args) {
  const child = spawn(process.execPath, [mocha, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const half = {
    onText: () => {},
    text: () => text,
    // Killed: a failure, whatever it said before.
    ended: new Promise(resolve => child.once('close', code => resolve(code ?? 1))),
  }
  child.stdout.setEncoding('utf8').on('data', more => {
    text += more
    half.onText(more)
  })
  return half
}

/** What a half says of itself at its end; nothing where it broke off. */
function countOf(half, what) {
  return Number(new RegExp(`^ +(\\d+) ${what}`, 'm').exec(half.text())?.[1] ?? 0)
}
