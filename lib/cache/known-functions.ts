import { isCacheError } from '../base/errors.ts'
import { type CodeVersion, codeVersionOf } from '../entries/code-version.ts'
import type { CachePath } from '../stores/open-store.ts'
import { openStoreAt } from '../stores/open-store.ts'
import { placeIdOf } from './places.ts'
import type { Program } from './program.ts'

/** A cached function of this process, whether it was called already or not. */
export interface KnownFunction {
  readonly name: string
  readonly path: () => CachePath
  readonly program: Program
}

const functions = new Map<string, Set<WeakRef<KnownFunction>>>()

/** Lets results that call it know by which code. It is forgotten with its function. */
export function noteFunction(known: KnownFunction): void {
  const same = functions.get(known.name) ?? new Set()
  functions.set(known.name, same)
  const reference = new WeakRef(known)
  same.add(reference)
  gone.register(known, () => same.delete(reference))
}

const gone = new FinalizationRegistry<() => void>(forget => forget())

/** The code versions of all functions of that name at that place. Each is read only when it is asked for. */
export function* versionsOf(placeId: string, name: string): Iterable<CodeVersion> {
  for (const reference of functions.get(name) ?? []) {
    const known = reference.deref()
    if (known !== undefined && isAt(known, placeId)) yield versionOf(known.program)
  }
}

/** The version of `program`; where it cannot be told, that of no result. */
export function versionOf(program: Pick<Program, 'version'>): CodeVersion {
  try {
    return program.version()
  } catch (error) {
    if (!isCacheError(error)) throw error
    return NOBODYS
  }
}

const NOBODYS = codeVersionOf({ code: '!', version: '', deps: '', values: [] })

function isAt({ path }: KnownFunction, placeId: string): boolean {
  try {
    return placeIdOf(openStoreAt(path())) === placeId
  } catch (error) {
    // Its own first call will say so.
    if (error instanceof TypeError) return false
    throw error
  }
}
