/*
 * npm run bench: measures the built package beside its peers. This process prepares and prints; the rows run one after
 * another, each in a process of its own (measure.ts).
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { machineOf, renderMachine } from './machine.ts'
import type { Measured } from './measure.ts'
import { type Options, parseOptions, renderHelp } from './options.ts'
import { HERE, PROGRAM, prepare, say } from './prepare.ts'
import type { Row } from './row.ts'
import { ROWS } from './rows.ts'
import { renderMarkdown, renderTable } from './table.ts'

const options = readOptions()
if (options?.help === true) process.stdout.write(renderHelp(ROWS))
else if (options !== undefined) await run(options)

function readOptions(): Options | undefined {
  try {
    return parseOptions(process.argv.slice(2), ROWS)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    say(`${error.message}\nnpm run bench -- --help says what there is.`)
    process.exitCode = 2
    return undefined
  }
}

async function run({ rows, as }: Options): Promise<void> {
  const packageUrl = await prepare()
  const parent = process.env.BENCH_DIR ?? join(HERE, 'node_modules')
  mkdirSync(parent, { recursive: true })
  const machine = machineOf(parent, [
    join(HERE, '..', 'package.json'),
    join(HERE, '..', 'node_modules', 'lmdb', 'package.json'),
    ...peerManifests(),
  ])
  if (as !== 'json') process.stdout.write(`${renderMachine(machine)}\n`)
  const shared = mkdtempSync(join(parent, '.bench-shared-'))
  const measured: (Measured & Pick<Row, 'id'>)[] = []
  const render = as === 'markdown' ? renderMarkdown : renderTable
  try {
    for (const row of rows) {
      say(`… ${row.id}`)
      const result = await measure(row, { parent, shared, packageUrl })
      measured.push({ id: row.id, ...result })
      if (as !== 'json') process.stdout.write(`\n${render(result, row)}\n`)
    }
  } finally {
    rmSync(shared, { recursive: true, force: true })
  }
  if (as === 'json') process.stdout.write(`${JSON.stringify({ machine, rows: measured }, undefined, 2)}\n`)
}

interface Place {
  readonly parent: string
  readonly shared: string
  readonly packageUrl: string
}

/** Runs one row in a process and a folder of its own. */
async function measure({ id }: Row, { parent, shared, packageUrl }: Place): Promise<Measured> {
  const folder = mkdtempSync(join(parent, '.bench-'))
  const { NODE_OPTIONS: _, ...inherited } = process.env
  try {
    const child = spawn(process.execPath, ['--expose-gc', PROGRAM, id, folder, shared], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      env: { ...inherited, BENCH_PACKAGE: packageUrl, CACHEDICT_DIR: folder },
    })
    return await new Promise<Measured>((resolve, reject) => {
      child.on('message', message => resolve(message as Measured))
      child.on('exit', status =>
        reject(new Error(`Measuring ${id} ended with ${status} and without figures.`)),
      )
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function peerManifests(): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
    readonly optionalDependencies: Readonly<Record<string, string>>
  }
  const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
  return names.map(name => join(HERE, 'node_modules', name, 'package.json'))
}
