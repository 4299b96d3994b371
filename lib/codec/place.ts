import { CacheError } from '../base/errors.ts'
import { propertyStep } from '../base/property-step.ts'

/** Where in a value something lies: a step from its parent. The outermost place carries the root's name. */
export interface Place {
  readonly parent: Place | undefined
  readonly via: Via
  readonly step: string | number | symbol
}
export type Via = 'root' | 'property' | 'key' | 'value' | 'item' | 'state'

const MAX_SHOWN_STEPS = 24

/** The JavaScript expression that leads to `place`: `result.items[3].socket`. The middle of a very long one is left out. */
export function renderPath(place: Place): string {
  const places: Place[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) places.push(at)
  places.reverse()
  const hidden = places.length - MAX_SHOWN_STEPS
  let text = ''
  for (const [index, { via, step }] of places.entries()) {
    if (hidden > 0 && index > MAX_SHOWN_STEPS / 2 && index <= MAX_SHOWN_STEPS / 2 + hidden) {
      if (index === MAX_SHOWN_STEPS / 2 + 1) text += `<${hidden} more>`
      continue
    }
    text = append(text, via, step)
  }
  return text
}

function append(text: string, via: Via, step: string | number | symbol): string {
  switch (via) {
    case 'root':
      return String(step)
    case 'key':
      return `[...${text}.keys()][${String(step)}]`
    case 'value':
      return `[...${text}.values()][${String(step)}]`
    case 'item':
      return `[...${text}][${String(step)}]`
    case 'state':
      return `${String(step)}.encode(${text})`
    case 'property':
      return `${text}${propertyStep(typeof step === 'number' ? String(step) : step)}`
  }
}

export interface Refusal {
  /** The name of what lies there: `Socket`, `function`. */
  readonly type: string
  /** The sentence's second half, after `Cannot keep <path>: `. */
  readonly because: string
  readonly todo: string
  readonly cause?: unknown
}

/** The error that names `place` and says what to do. */
export function unencodable(place: Place, refusal: Refusal): CacheError {
  const path = renderPath(place)
  const options = { details: { path, type: refusal.type } }
  return new CacheError(
    'ERR_CACHE_UNENCODABLE',
    `Cannot keep ${path}: ${refusal.because}. ${refusal.todo}`,
    'cause' in refusal ? { ...options, cause: refusal.cause } : options,
  )
}
