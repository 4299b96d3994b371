import fc from 'fast-check'
import type { AnyFunction } from '../../lib/keys/source.ts'

/** A parameter or a part of a pattern. */
export interface Slot {
  readonly target: Target
  /** The source of its default. */
  readonly fallback: string | undefined
}
type Target =
  | { readonly is: 'name' }
  | {
      readonly is: 'object'
      readonly parts: readonly (readonly [key: string, slot: Slot])[]
      readonly rest: boolean
    }
  | { readonly is: 'array'; readonly parts: readonly (Slot | null)[]; readonly rest: boolean }

export interface Signature {
  readonly slots: readonly Slot[]
  readonly rest: boolean
}

const CONSTANTS = [
  '1',
  "'a'",
  '[]',
  '{}',
  '{ a: 1 }',
  '[1, { b: 2 }]',
  '-1',
  '1 + 1',
  '`a`',
  'void 0',
  'null',
  '!0',
]
const KEYS = ['a', 'b', '0']

/** Signatures whose patterns see nothing twice, and whose defaults are constant. */
export const clearSignature = signature(KEYS, CONSTANTS)
/** Signatures of every kind, also with computed keys and defaults, and with names that every object has. */
export const anySignature = signature(
  [...KEYS, 'a', 'toString', '__proto__', 'constructor', "['a']", '[`b`]'],
  [...CONSTANTS, 'Math.max(1, 2)', '[Math.max(1)]', '/x/g'],
  { repeat: true },
)

function signature(
  keys: readonly string[],
  defaults: readonly string[],
  { repeat } = { repeat: false },
): fc.Arbitrary<Signature> {
  const { slot } = fc.letrec<{ slot: Slot; target: Target }>(tie => ({
    target: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      { weight: 2, arbitrary: fc.constant<Target>({ is: 'name' }) },
      fc.record({
        is: fc.constant('object' as const),
        parts: fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), tie('slot')), {
          maxLength: 3,
          selector: ([key, slot]) => (repeat ? slot : key),
        }),
        rest: fc.boolean(),
      }),
      fc.record({
        is: fc.constant('array' as const),
        parts: fc.array(fc.option(tie('slot'), { nil: null, freq: 5 }), { maxLength: 2 }),
        rest: fc.boolean(),
      }),
    ),
    slot: fc.record({
      target: tie('target'),
      fallback: fc.option(fc.constantFrom(...defaults), { nil: undefined }),
    }),
  }))
  return fc.record({ slots: fc.array(slot, { maxLength: 3 }), rest: fc.boolean() })
}

/** A function that gives everything that it sees, one variable each. */
export function build({ slots, rest }: Signature): AnyFunction {
  let names = 0
  const name = (): string => `v${names++}`
  const slotText = ({ target, fallback }: Slot): string =>
    targetText(target) + (fallback === undefined ? '' : ` = ${fallback}`)
  const targetText = (target: Target): string => {
    if (target.is === 'name') return name()
    const parts =
      target.is === 'object'
        ? target.parts.map(([key, slot]) => `${key}: ${slotText(slot)}`)
        : target.parts.map(slot => (slot === null ? '' : slotText(slot)))
    const list = [...parts, ...(target.rest ? [`...${name()}`] : [])].join(', ')
    // A comma after a hole: the last one does not count.
    const hole = target.is === 'array' && !target.rest && target.parts.at(-1) === null
    return target.is === 'object' ? `{ ${list} }` : `[${list}${hole ? ',' : ''}]`
  }
  const parameters = [...slots.map(slotText), ...(rest ? [`...${name()}`] : [])].join(', ')
  const seen = Array.from({ length: names }, (_, i) => `v${i}`).join(', ')
  return new Function(`return function f(${parameters}) { return [${seen}] }`)()
}

const atom = fc.constantFrom<unknown>(undefined, 1, 2, -1, 'a', null, true)

/** Arguments that may fit or not. */
export const anyArguments: fc.Arbitrary<readonly unknown[]> = fc.array(
  fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.dictionary(fc.constantFrom(...KEYS, 'toString', 'c'), tie('value'), {
        maxKeys: 3,
        noNullPrototype: false,
      }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .constantFrom<() => unknown>(
          () => new Array(2),
          () => new Map([['a', 1]]),
          () => new Set([1]),
          () => 'ab',
          () => new (class A { a = 1 })(), // biome-ignore format: one line
          () => Object.assign([1], { a: 2 }),
        )
        .map(make => make()),
    ),
  })).value,
  { maxLength: 4 },
)

/** Arguments that fit: objects for patterns of objects, arrays for those of arrays. */
export function fittingArguments({ slots, rest }: Signature): fc.Arbitrary<readonly unknown[]> {
  const all = fc.tuple(...slots.map(valueFor))
  const more = rest ? fc.array(atom, { maxLength: 2 }) : fc.constant([])
  return fc.tuple(all, more, fc.nat({ max: slots.length })).map(([values, others, count]) => {
    const needed = slots.findLastIndex(isNeeded) + 1
    return others.length > 0 ? [...values, ...others] : values.slice(0, Math.max(count, needed))
  })
}

function valueFor({ target, fallback }: Slot): fc.Arbitrary<unknown> {
  const value =
    target.is === 'name' ? fc.oneof(atom, fc.constantFrom({}, [], { a: 1 }, [1, { b: 2 }])) : partsFor(target)
  return fallback !== undefined && fits(target, fallback)
    ? fc.option(value, { nil: undefined, freq: 2 })
    : value
}

// A default that the pattern could not take apart in the same way is never used.
function fits(target: Target, fallback: string): boolean {
  if (target.is === 'name') return true
  if (target.is === 'array')
    return fallback === '[]' && target.parts.every(slot => slot === null || !isNeeded(slot))
  if (target.parts.some(([, slot]) => isNeeded(slot))) return false
  if (fallback === '{}') return true
  return (
    fallback === '{ a: 1 }' && target.parts.every(([key, slot]) => key !== 'a' || slot.target.is === 'name')
  )
}

function partsFor(target: Exclude<Target, { is: 'name' }>): fc.Arbitrary<unknown> {
  if (target.is === 'array') {
    const parts = target.parts.map(slot => (slot === null ? atom : valueFor(slot)))
    const needed = target.parts.findLastIndex(slot => slot !== null && isNeeded(slot)) + 1
    return fc
      .tuple(fc.tuple(...parts), fc.array(atom, { maxLength: 2 }), fc.boolean())
      .map(([values, more, cut]) => (cut ? values.slice(0, needed) : [...values, ...more]))
  }
  const model: Record<string, fc.Arbitrary<unknown>> = { c: atom }
  for (const [key, slot] of target.parts) model[key] = valueFor(slot)
  const requiredKeys = target.parts.filter(([, slot]) => isNeeded(slot)).map(([key]) => key)
  return fc
    .tuple(fc.record(model, { requiredKeys, noNullPrototype: false }), fc.boolean())
    .map(([value, isReversed]) => (isReversed ? Object.fromEntries(Object.entries(value).reverse()) : value))
}

/** Whether the value must not be undefined. */
function isNeeded({ target, fallback }: Slot): boolean {
  return target.is !== 'name' && !(fallback !== undefined && fits(target, fallback))
}
