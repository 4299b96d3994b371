import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh folder for each test of a `describe`, removed after it: call it there, and the result in the tests. */
export function temporaryFolder(): (name?: string) => string {
  let folder: string | undefined
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cachedict-')))
  })
  afterEach(() => rmSync(folder!, { recursive: true, force: true }))
  return (name = '') => join(folder!, name)
}
