import { close, config } from 'cachedict'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * A cache folder of its own for each test of a `describe`, stores closed and folder removed afterwards: call it there.
 * What it returns gives paths in that folder.
 */
export function ownCache(): (name?: string) => string {
  afterEach(() => close())
  const folder = temporaryFolder()
  beforeEach(() => config.setCacheDir(folder()))
  return folder
}
