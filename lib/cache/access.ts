import { environment } from '../config/environment.ts'

/** What a block or a function may do: `r` read, `e` evaluate, `w` write; each at most once, in any order. */
export type Access =
  | 'r'
  | 'e'
  | 'w'
  | 're'
  | 'er'
  | 'rw'
  | 'wr'
  | 'ew'
  | 'we'
  | 'rew'
  | 'rwe'
  | 'erw'
  | 'ewr'
  | 'wre'
  | 'wer'

export interface Flags {
  readonly read: boolean
  readonly evaluate: boolean
  readonly write: boolean
}

/** `access` as flags. `TypeError` for anything else than one to three distinct flags; `what` names the culprit. */
export function parseAccess(access: unknown, what = 'access'): Flags {
  const isValid =
    typeof access === 'string' && /^[rew]{1,3}$/.test(access) && new Set(access).size === access.length
  if (!isValid) {
    throw new TypeError(
      `${what} is ${JSON.stringify(access) ?? String(access)}. ` +
        `Give one to three of the flags "r" (read), "e" (evaluate) and "w" (write), each once: "rew" allows everything.`,
    )
  }
  return Object.freeze({
    read: access.includes('r'),
    evaluate: access.includes('e'),
    write: access.includes('w'),
  })
}

/**
 * The flags that hold for one recall: those of the program, unless CACHEDICT_ACCESS says otherwise. The environment never
 * allows evaluating what the program does not.
 */
export function accessNow(program: Flags): Flags {
  const said = environment.access()
  if (said === undefined) return program
  const { read, evaluate, write } = parseEnvironment(said)
  return { read, evaluate: evaluate && program.evaluate, write }
}

let lastSaid: string | undefined
let lastFlags: Flags | undefined

function parseEnvironment(said: string): Flags {
  if (lastFlags === undefined || said !== lastSaid) {
    lastFlags = parseAccess(said, 'The environment variable CACHEDICT_ACCESS')
    lastSaid = said
  }
  return lastFlags
}
