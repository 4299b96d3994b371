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
  const { code, version, deps } = asked
  const codeEnd = kept.indexOf('.')
  const versionEnd = kept.indexOf('.', codeEnd + 1)
  if (code !== '' && !isPart(kept, 0, codeEnd, code)) return 'code-changed'
  if (!isPart(kept, codeEnd + 1, versionEnd, version)) return 'version-changed'
  return isPart(kept, versionEnd + 1, kept.length, deps) ? undefined : 'dependency-changed'
}

/** Whether `part` is all that lies there. Every hit asks: nothing is cut out for it. */
function isPart(text: string, start: number, end: number, part: string): boolean {
  return end - start === part.length && text.startsWith(part, start)
}
