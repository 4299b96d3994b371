// npm run demo: runs the pipeline of flights.ts, kills it half-way, and runs it again, twice.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from './report.ts'

type Stage = Extract<Report, { readonly is: 'stage' }>

/** One run of the pipeline: its finished stages, and where it was killed. */
interface Run {
  readonly stages: ReadonlyMap<string, Stage>
  readonly killedIn: string | undefined
  readonly tookMs: number
}

const PIPELINE = fileURLToPath(new URL('flights.ts', import.meta.url))
const onTerminal = process.stdout.isTTY === true
const bold = (text: string) => (onTerminal ? `\x1b[1m${text}\x1b[22m` : text)
const dim = (text: string) => (onTerminal ? `\x1b[2m${text}\x1b[22m` : text)
const green = (text: string) => (onTerminal ? `\x1b[32m${text}\x1b[39m` : text)
const red = (text: string) => (onTerminal ? `\x1b[31m${text}\x1b[39m` : text)
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`.padStart(8)

const cacheDir = mkdtempSync(join(tmpdir(), 'cachedict-demo-'))
try {
  console.log('Five stages of work on 20,000 flights between 3,376 airports (docs/examples/flights.ts)\n')
  console.log(bold('First run') + dim(' · killed with SIGKILL in the middle of its third stage'))
  const first = await run(
    ({ is, stage, ...rest }) => is === 'progress' && stage === 'delays' && 'done' in rest && rest.done === 20,
  )
  console.log(`\n${bold('Second run')}${dim(' · goes on where the first one died')}`)
  const second = await run(() => false)
  console.log(`\n${bold('Third run')}${dim(' · everything is there')}`)
  const third = await run(() => false)
  console.log(`\n${summary(first, second, third)}`)
} finally {
  rmSync(cacheDir, { recursive: true, force: true })
}

/** Runs the pipeline in a process of its own, telling each stage as it ends, until it is done or `isTime` to kill it. */
async function run(isTime: (report: Report) => boolean): Promise<Run> {
  const startedMs = performance.now()
  const stages = new Map<string, Stage>()
  let killedIn: string | undefined
  const child = fork(PIPELINE, { env: { ...process.env, CACHEDICT_DIR: cacheDir } })
  child.on('message', (message: Report) => {
    if (killedIn !== undefined) return
    if (message.is === 'stage') {
      stages.set(message.stage, message)
      tell(
        `  ${message.stage.padEnd(10)} ${how(message)} ${seconds(message.tookMs)}   ${dim(message.result)}`,
      )
    } else {
      progress(`  ${message.stage.padEnd(10)} ${message.done} of ${message.of}`)
    }
    if (!isTime(message)) return
    killedIn = message.stage
    child.kill('SIGKILL')
    const done = message.is === 'progress' ? `${message.done} of ${message.of} computed` : ''
    tell(`  ${message.stage.padEnd(10)} ${red('killed'.padEnd(20))}            ${dim(done)}`)
  })
  await ended(child, () => killedIn !== undefined)
  return { stages, killedIn, tookMs: performance.now() - startedMs }
}

async function ended(child: ChildProcess, isKilled: () => boolean): Promise<void> {
  const [code, signal] = await once(child, 'close')
  if (code !== 0 && !(signal === 'SIGKILL' && isKilled()))
    throw new Error(`The pipeline ended with ${code ?? signal}.`)
}

function how({ evaluations, recalls }: Stage): string {
  if (recalls === 0) return 'computed'.padEnd(20)
  if (evaluations === 0) return green('recalled'.padEnd(20))
  return `${green(`${recalls} recalled`)}, ${evaluations} new`.padEnd(20 + (onTerminal ? 10 : 0))
}

/** What each run spent, and what it was spared. */
function summary(first: Run, second: Run, third: Run): string {
  const rows = [...third.stages.values()].map(({ stage, savedMs }) => {
    const cells = [first, second, third].map(each => cell(each, stage))
    return `  ${stage.padEnd(10)} ${seconds(savedMs)} ${cells.join(' ')}`
  })
  const saved = (each: Run) => [...each.stages.values()].reduce((sum, { savedMs }) => sum + savedMs, 0)
  return [
    bold('  stage          work  killed run  second run   third run'),
    ...rows,
    dim('  '.padEnd(57, '─')),
    `  ${'in all'.padEnd(10)} ${seconds(saved(third))} ${[first, second, third].map(each => seconds(each.tookMs).padStart(11)).join(' ')}`,
    '',
    `  The second run was spared ${green(seconds(saved(second)).trim())}, the third ${green(seconds(saved(third)).trim())} of ${seconds(saved(third)).trim()} of work.`,
  ].join('\n')
}

function cell({ stages, killedIn }: Run, name: string): string {
  const stage = stages.get(name)
  if (stage !== undefined)
    return stage.evaluations === 0 ? green('recalled'.padStart(11)) : seconds(stage.tookMs).padStart(11)
  return name === killedIn ? red('✗'.padStart(11)) : dim('–'.padStart(11))
}

/** A line that stays. */
function tell(line: string): void {
  process.stdout.write(`${onTerminal ? '\r\x1b[K' : ''}${line}\n`)
}

/** A line that the next one replaces; a pipe or a file is spared it. */
function progress(line: string): void {
  if (onTerminal) process.stdout.write(`\r\x1b[K${line}`)
}
