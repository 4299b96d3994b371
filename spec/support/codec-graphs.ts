import fc from 'fast-check'

/**
 * Random graphs: a number of containers, each filled with leaves and with references to any of them, itself
 * included. So trees, shared parts and cycles through every kind of container all come up.
 */
export function graphs(): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.constantFrom(...KINDS), fc.array(fc.tuple(texts, slots), { maxLength: 6 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map(plans => {
      const containers = plans.map(([kind]) => kind.make())
      for (const [index, [kind, contents]] of plans.entries()) {
        for (const [key, slot] of contents) {
          const value = 'leaf' in slot ? slot.leaf : containers[slot.to % containers.length]
          kind.put(containers[index] as never, key, value)
        }
      }
      return containers[0]
    })
}

const texts = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.constantFrom('__proto__', '\ud800', 'constructor', '0', ''),
)
const leaves = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, -0, Number.NaN, 1e300, 2 ** 40, '\udfff', '\ufeffx'),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.bigInt(),
  fc.date({ noInvalidDate: false }),
  fc.uint8Array({ maxLength: 20 }),
  fc.float64Array({ maxLength: 5 }),
)
const slots = fc.oneof(
  leaves.map(leaf => ({ leaf })),
  fc.nat(11).map(to => ({ to })),
)

interface Kind {
  readonly make: () => object
  readonly put: (container: never, key: string, value: unknown) => unknown
}

function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

const KINDS: readonly Kind[] = [
  { make: () => ({}), put: define },
  { make: () => Object.create(null) as object, put: define },
  { make: () => [], put: (array: unknown[], _, value) => array.push(value) },
  {
    make: () => [],
    // Leaves a hole before each element.
    put: (array: unknown[], _, value) => {
      array[array.length + 1] = value
    },
  },
  {
    make: () => new Map(),
    put: (map: Map<unknown, unknown>, key, value) => map.set(value, key).set(key, value),
  },
  { make: () => new Set(), put: (set: Set<unknown>, _, value) => set.add(value) },
  {
    make: () => new Error('e'),
    // The engine makes the stack from name and message, and cannot where these lead back to the error.
    put: (error: Error, key, value) =>
      !['stack', 'name', 'message'].includes(key) && define(error, key, value),
  },
]
