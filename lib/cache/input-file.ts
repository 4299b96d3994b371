import { OWN_TOOL } from '../base/own-tool.ts'
import { type InputFile, makeInputFile } from '../files/input-file.ts'
import { noteFile } from './evaluation.ts'

/**
 * Stands for the file at `path`, which is relative to the working directory of this moment, or a `file:` URL. In a key its
 * content counts, not its path: a file that is moved keeps its results, and one that is edited loses them. A missing
 * file is a state like any other, and so is an empty one. Called while a result is evaluated, it makes the file one of
 * the things that this result was made of.
 *
 * Costs one `stat` for each comparison; the file is read, in pieces, when its size, times or number changed. A folder, or a
 * file that cannot be read, is ERR_CACHE_READ when it is compared. Throws a TypeError for a URL of another kind.
 */
export function inputFile(path: string | URL): InputFile {
  const file = makeInputFile(path)
  noteFile(file.path)
  return file
}

Object.defineProperty(inputFile, OWN_TOOL, { value: true })
