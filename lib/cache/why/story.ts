import { unreachable } from '../../base/unreachable.ts'
import type { Dependency } from '../../entries/made-of.ts'
import type { Verdict } from '../../entries/verdict.ts'
import { renderValue } from '../render-call.ts'
import { type CodeChange, codeChanges, valueChangesAt, withValues } from './code-changes.ts'
import type { Difference } from './differences.ts'
import type { Evidence } from './evidence.ts'
import type { Explanation } from './explanation.ts'
import { renderChanges, summarizeChanges } from './render-changes.ts'
import { renderMs, renderTime } from './render-time.ts'

type Miss = Exclude<Verdict, { readonly hit: true }>

/** What there is to say of a miss besides its reason. */
export interface Story {
  /** The rest of the first line, in a phrase. */
  readonly phrase?: string
  /** Whole sentences after it. */
  readonly sentence?: string
  /** What follows on lines of its own. */
  readonly lines?: readonly string[]
  readonly details?: Partial<Explanation['details']>
}

/** Tells how a miss came about, as far as the evidence goes. */
export function storyOf(miss: Miss, evidence: Evidence): Story {
  const { because, entry } = miss
  switch (because) {
    case 'absent':
      return absence(evidence)
    case 'evicted':
      return eviction(miss)
    case 'corrupt':
      return {
        sentence:
          `The entry ${evidence.storeKey} in ${evidence.place} fails its checksum: ` +
          'the next call computes it again, and replaces it.',
      }
    case 'another-function':
      return entry === undefined ? {} : { sentence: `The one there is called ${entry.name}.` }
    case 'code-changed':
      return edit(miss, evidence)
    case 'version-changed':
      return {}
    case 'dependency-changed':
      return dependencyChange(miss)
    case 'expired':
      return expiry(miss, evidence)
    case 'rejected':
      return rejection(miss)
    case 'unkeyable':
      return miss.refusal === undefined ? {} : { sentence: miss.refusal }
    case 'not-readable':
      return {}
    default:
      return unreachable(because)
  }
}

function absence({ nearest, parameters }: Evidence): Story {
  if (nearest === undefined) return {}
  const shown = nearest.differences.map(difference => renderDifference(difference, parameters))
  const [first] = shown
  const others = shown.length - 1
  const phrase = others === 0 ? first : `${first}, and ${others} more ${others === 1 ? 'place' : 'places'}`
  return {
    sentence: `The nearest kept call has another ${phrase}.`,
    lines: others === 0 ? [] : shown.map(each => `  ${each}`),
    details: { nearest },
  }
}

function renderDifference(
  { path, before, after }: Difference,
  parameters: readonly (string | undefined)[],
): string {
  const position = /^args\[(\d+)\]/.exec(path)?.[1]
  const name = position === undefined ? undefined : parameters[Number(position)]
  return `${path}${name === undefined ? '' : ` (${name})`}: ${shortly(before)} → ${shortly(after)}`
}

const LONGEST_VALUE = 60

function shortly(value: unknown): string {
  const text = value === undefined ? 'nothing' : renderValue(value).replaceAll('\n', ' ')
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`
}

function eviction({ evictedAtMs }: Miss): Story {
  if (evictedAtMs === undefined) return {}
  return { sentence: `That was on ${renderTime(evictedAtMs)}.`, details: { evictedAtMs } }
}

function edit(miss: Miss, evidence: Evidence): Story {
  const changes = changesOf(miss, evidence)
  const phrase = summarizeChanges(changes)
  if (phrase === undefined) return {}
  return { phrase, lines: renderChanges(changes), details: { changes } }
}

function changesOf({ entry, changedValues }: Miss, { program, manifest }: Evidence): readonly CodeChange[] {
  if (entry === undefined || program === undefined) return []
  const kept = entry.values === '' ? [] : entry.values.split(' ')
  if (changedValues !== undefined)
    return valueChangesAt(changedValues, program.parts(), { before: kept, after: program.version.values })
  return manifest === undefined ? [] : codeChanges(withValues(manifest.parts, kept), program.parts())
}

function dependencyChange({ dependency }: Miss): Story {
  if (dependency === undefined) return { sentence: 'The option deps is not what it was.' }
  const name = nameOf(dependency)
  return { sentence: `It was made of ${titleOf(dependency, name)}.`, details: { dependency: name } }
}

function nameOf({ kind, text }: Dependency): string {
  if (kind === 'keys') return 'the list of keys'
  return kind === 'everything' ? 'all keys and values' : text
}

function titleOf({ kind, place }: Dependency, name: string): string {
  const what = TITLES[kind](name)
  return place === '' || place === '.' ? what : `${what} in ${place}`
}

const TITLES: Readonly<Record<Dependency['kind'], (name: string) => string>> = {
  key: name => `the value of ${name}`,
  function: name => `what ${name} gives`,
  file: name => `the file ${name}`,
  keys: name => name,
  everything: name => name,
}

/** By which of two rules: the time that it was kept for, or the `ttl` of now. */
function expiry({ entry }: Miss, { ttlMs }: Evidence): Story {
  if (entry === undefined) return {}
  const own = entry.expiresAtMs ?? Number.POSITIVE_INFINITY
  const now = entry.createdAtMs + (ttlMs ?? Number.POSITIVE_INFINITY)
  if (own === now && own === Number.POSITIVE_INFINITY)
    return { sentence: 'It was kept at a time that is still to come: a clock was wrong.' }
  if (own <= now) return { sentence: `It expired on ${renderTime(own)}.`, details: { expiredBy: 'kept' } }
  return {
    sentence: `With the ttl of now, ${renderMs(ttlMs ?? 0)}, it expired on ${renderTime(now)}.`,
    details: { expiredBy: 'ttl', expiresAtMs: now },
  }
}

function rejection({ entry, rejectedBy }: Miss): Story {
  if (rejectedBy === 'validIf') return { sentence: '`validIf` said no.', details: { rejectedBy } }
  if (rejectedBy === 'codec') return { sentence: 'It could not be read back.', details: { rejectedBy } }
  if (entry?.status !== 'error') return {}
  return { sentence: 'It is an error, and `errors` does not ask for it.', details: { rejectedBy: 'errors' } }
}
