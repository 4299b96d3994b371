import { join } from 'node:path'
import { absent, type Bench, type Contender } from '../row.ts'
import { openPython, type PythonRequest, whyNoPython } from './python.ts'

/** What aims are stated beside. */
export const DISKCACHE = 'diskcache (Python)'
const JOBLIB = 'joblib (Python)'

const LIBRARIES = [
  { name: DISKCACHE, library: 'diskcache' },
  { name: JOBLIB, library: 'joblib' },
] as const

export interface PythonWork extends Omit<PythonRequest, 'library'> {
  readonly notes?: { readonly diskcache: string; readonly joblib: string }
  readonly largeBytes?: number
}

/** The Python libraries at the same work, in one Python process; where there are none, lines that say so. */
export async function pythonContenders(
  bench: Bench,
  { work, calls, notes, largeBytes = 8 }: PythonWork,
): Promise<readonly Contender[]> {
  const why = whyNoPython()
  if (why !== undefined) return LIBRARIES.map(({ name }) => absent(name, why))
  const python = await openPython(join(bench.folder, 'python'), largeBytes)
  const { versions } = python
  return LIBRARIES.map(({ name, library }) => ({
    name,
    note: [`${library} ${versions[library]}`, ...(notes === undefined ? [] : [notes[library]])].join('; '),
    operations: calls,
    round: () => python.ask({ library, work, calls }),
    end: () => python.close(),
  }))
}
