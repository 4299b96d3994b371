import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { promisify } from 'node:util'
import { writeFiles } from './fingerprint-child.ts'
import { plainEnvironment } from './program.ts'
import type { Files } from './program-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * Runs programs that are edited between their runs, each run in a process of its own, over one cache folder for each test
 * of a `describe`: call it there. It is their main.mjs that runs. What a run prints, as JSON.
 */
export function editedProgram(): (files: Files, env?: Readonly<Record<string, string>>) => Promise<unknown> {
  const cache = temporaryFolder()
  let folder: string | undefined
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })
  return async (files, more = {}) => {
    const script = writeFiles(`edited-${process.pid}`, files, 'main.mjs')
    folder = script.slice(0, -'/main.mjs'.length)
    const env = { ...plainEnvironment(), CACHEDICT_DIR: cache(), ...more }
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env })
    return JSON.parse(stdout)
  }
}
