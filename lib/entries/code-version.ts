import type { Reason } from '../base/reason.ts'

/** What of the program a result depends on; each part is a digest, '' where it is not asked for. */
export interface CodeVersion {
  readonly code: string
  readonly version: string
  readonly deps: string
}

export const ANY_CODE = ''

export function renderCodeVersion({ code, version, deps }: CodeVersion): string {
  return `${code}.${version}.${deps}`
}

/** Why a result made by `kept` is not one of `asked`; undefined where it is. Any code serves where none is asked for. */
export function judgeCodeVersion(kept: string, asked: CodeVersion | undefined): Reason | undefined {
  if (kept === ANY_CODE || asked === undefined) return undefined
  const [code = '', version = '', deps = ''] = kept.split('.')
  if (asked.code !== '' && code !== asked.code) return 'code-changed'
  if (version !== asked.version) return 'version-changed'
  return deps === asked.deps ? undefined : 'dependency-changed'
}
