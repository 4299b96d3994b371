import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessMemory } from './process-memory.ts'
import { runProgram } from './programs.ts'
import type { Bench } from './row.ts'

/** A store of many small results. */
export interface Filled {
  readonly path: string
  readonly count: number
  /** Of the process that made it. */
  readonly memory: ProcessMemory
}

/** Results of `measureLater(0 … count - 1, 2)`: made by a process of its own, once for all rows of a run. */
export function filledStore({ shared }: Bench, count: number): Filled {
  const path = join(shared, `${count}.lmdb`)
  const facts = join(shared, `${count}.json`)
  if (!existsSync(facts)) writeFileSync(facts, JSON.stringify(runProgram('fill', [path, count])))
  return { path, count, memory: JSON.parse(readFileSync(facts, 'utf8')) as ProcessMemory }
}
