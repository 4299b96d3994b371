import type { AnyFunction } from '../../base/any-function.ts'
import { isCacheError } from '../../base/errors.ts'
import { chain, type MaybePromise } from '../../base/maybe-promise.ts'
import { type CodeVersion, codeDigestOf } from '../../entries/code-version.ts'
import type { Read } from '../../entries/find.ts'
import { decodeManifest, type Manifest } from '../../entries/manifest/manifest.ts'
import { manifestKeyOf } from '../../entries/manifest/manifest-key.ts'
import type { Verdict } from '../../entries/verdict.ts'
import type { Finding } from '../../fingerprint/findings.ts'
import type { Part } from '../../fingerprint/part.ts'
import { parametersOf } from '../../keys/parameters.ts'
import type { RecallSettings } from '../call.ts'
import { type NearestCall, nearestCall } from './nearest-call.ts'
import { rooted } from './rooted.ts'

/** What an explanation can go by besides the verdict. */
export interface Evidence {
  /** The call: `area(3, 4)`. */
  readonly call: string
  /** Where it was looked for. */
  readonly place: string
  /** The key of its entry there. */
  readonly storeKey: string
  /** The time to live of now, of what is kept as it is: a value or an error. */
  readonly ttlMs: number | undefined
  /** What the function is made of now; undefined where no function was named. */
  readonly program: ProgramNow | undefined
  /** What the code was made of that gave what is kept, where that is known. */
  readonly manifest: Manifest | undefined
  /** Of what is absent: the kept call that is most like it. */
  readonly nearest: NearestCall | undefined
  /** The names of the parameters, where they are known. */
  readonly parameters: readonly (string | undefined)[]
}

export interface ProgramNow {
  readonly version: CodeVersion
  readonly findings: readonly Finding[]
  parts(): readonly Part[]
}

/** What is asked about. */
export interface Inquiry extends Pick<Evidence, 'call' | 'place' | 'storeKey' | 'program'> {
  readonly settings: Pick<RecallSettings, 'ttlMs' | 'errorTtlMs'>
  /** What a function without a name is called: the key, say. */
  readonly root: string
  readonly read: Read
  readonly fn: AnyFunction | undefined
  /** Those that count; of a dictionary, the key. */
  readonly args: readonly unknown[]
  /** What the first of them is called: `args[0]`, or `key`. */
  readonly first: string
  /** The same of what is kept. */
  readonly keptArguments: () => MaybePromise<readonly (readonly unknown[])[]>
}

/** Gathers what the explanation of `verdict` needs, and no more. */
export function evidenceFor(verdict: Verdict, inquiry: Inquiry): MaybePromise<Evidence> {
  const { settings, root, program, call, place, storeKey } = inquiry
  const facts = {
    call,
    place,
    storeKey,
    ttlMs: verdict.entry?.status === 'error' ? settings.errorTtlMs : settings.ttlMs,
    program: program && rootedProgram(program, root),
  }
  return chain(manifestFor(verdict, inquiry), manifest =>
    chain(nearestFor(verdict, inquiry), nearest => ({
      ...facts,
      manifest: manifest && { ...manifest, parts: manifest.parts.map(part => rooted(part, root)) },
      nearest,
      parameters: nearest === undefined ? [] : namesOf(inquiry.fn),
    })),
  )
}

const FIRST = 'args[0]'

/** Only where the code itself changed: of values, the entry knows more. */
function manifestFor(verdict: Verdict, { read }: Inquiry): MaybePromise<Manifest | undefined> {
  const { entry } = verdict
  if (verdict.hit || verdict.because !== 'code-changed' || entry === undefined) return undefined
  const key = manifestKeyOf(entry.name, codeDigestOf(entry))
  return verdict.changedValues === undefined
    ? chain(read(key), bytes => decodeManifest(bytes, key))
    : undefined
}

function nearestFor(
  verdict: Verdict,
  { args, first, keptArguments }: Inquiry,
): MaybePromise<NearestCall | undefined> {
  if (verdict.hit || verdict.because !== 'absent' || args.length === 0) return undefined
  return chain(keptArguments(), kept => {
    const nearest = nearestCall(args, kept)
    if (nearest === undefined) return undefined
    const differences = nearest.differences.map(each => ({
      ...each,
      path: each.path.startsWith(FIRST) ? first + each.path.slice(FIRST.length) : each.path,
    }))
    return { ...nearest, differences }
  })
}

function rootedProgram(program: ProgramNow, root: string): ProgramNow {
  return {
    version: program.version,
    findings: program.findings.map(finding => rooted(finding, root)),
    parts: () => program.parts().map(part => rooted(part, root)),
  }
}

function namesOf(fn: AnyFunction | undefined): readonly (string | undefined)[] {
  if (fn === undefined) return []
  try {
    return parametersOf(fn).names
  } catch (error) {
    if (isCacheError(error, 'ERR_CACHE_SOURCE')) return []
    throw error
  }
}
