import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { type ClassLike, registerClass } from '../../lib/codec/class-registry.ts'
import { decode, encode } from '../../lib/codec/codec.ts'
import { nested } from '../support/codec-values.ts'
import { assertSame } from '../support/same.ts'

class Point {
  x: number
  next: unknown
  constructor(x: number) {
    Point.made++
    this.x = x
  }
  static made = 0
}
class Stack extends Array<unknown> {}
class Counted extends Map<unknown, unknown> {
  count = 3
  override set(): this {
    throw new Error('decode must not run methods of the class')
  }
}
class Bag extends Set<unknown> {
  label = 'bag'
}
class HttpError extends TypeError {
  readonly status: number
  constructor(status: number, options?: ErrorOptions) {
    super(`status ${status}`, options)
    this.status = status
    this.name = 'HttpError'
  }
}
class Secret {
  readonly #value: unknown
  constructor(value: unknown) {
    this.#value = value
  }
  get value(): unknown {
    return this.#value
  }
}
class Child extends Secret {}

describe('registerClass', () => {
  before(() => {
    const classes: ClassLike<object>[] = [Point, Stack, Counted, Bag, HttpError]
    for (const cls of classes) registerClass(cls)
    registerClass(Secret, {
      encode: secret => secret.value,
      decode: (state: unknown) => new Secret(state),
    })
  })

  it('lets instances come back as instances, without running the constructor', () => {
    const value = [new Point(1), Object.assign(new Point(2), { next: new Point(3), extra: -0 })]
    const made = Point.made
    assertSame(decode(encode(value)), value)
    assert.equal(Point.made, made)
  })

  it('keeps circles and sharing through instances, at any depth', () => {
    const point = new Point(1)
    point.next = { back: [point] }
    assertSame(decode(encode(point)), point)
    const deep = nested(10_000, inner => Object.assign(new Point(0), { next: inner }))
    assertSame(decode(encode(deep)), deep)
  })

  it('keeps the contents of instances that extend Array, Map, Set and Error', () => {
    const counted = new Counted()
    Map.prototype.set.call(counted, 'self', counted)
    const stack = Object.assign(Stack.from<unknown>([1, undefined, { a: 1 }]), { extra: 1 })
    stack[7] = 'after holes'
    const bag = new Bag([1, counted])
    const error = new HttpError(404, { cause: stack })
    const value = { counted, stack, bag, error }
    const decoded = decode(encode(value)) as typeof value
    assertSame(decoded, value)
    assert.ok(decoded.error instanceof HttpError)
  })

  it('uses encode and decode where they are given', () => {
    const secret = new Secret({ a: [1, undefined] })
    const value = [secret, { again: secret }, new Secret(new Secret(7))]
    const decoded = decode(encode(value)) as [Secret, { again: Secret }, Secret]
    assertSame(decoded[0].value, { a: [1, undefined] })
    assert.equal(decoded[0], decoded[1].again)
    assert.equal((decoded[2].value as Secret).value, 7)
  })

  it('gives decode a state that is complete, however it is nested and shared', () => {
    const seen: string[] = []
    class Watched {
      readonly state: unknown
      constructor(state: unknown) {
        this.state = state
      }
    }
    registerClass(Watched, {
      name: 'registry.spec Watched',
      encode: watched => watched.state,
      decode: (state: unknown) => {
        seen.push(JSON.stringify(state))
        return new Watched(state)
      },
    })
    const leaf = new Watched({ leaf: true })
    const shared = { deep: nested(150, inner => ({ inner })), leaf }
    const value = { one: new Watched([shared, leaf]), shared, two: new Watched(new Watched(shared)) }
    const decoded = decode(encode(value)) as { one: Watched; two: Watched }
    assertSame(decoded, value)
    assert.ok(seen.every(text => text !== undefined && !text.includes('null')))
    assert.equal(seen.length, 4)
  })

  it('decodes a chain of 10,000 instances that each hold the next in their state', () => {
    let chain: unknown = 'end'
    for (let index = 0; index < 10_000; index++) chain = new Secret(chain)
    let at = decode(encode(chain))
    let length = 0
    for (; at instanceof Secret; length++) at = at.value
    assert.equal(length, 10_000)
    assert.equal(at, 'end')
  })

  it('keeps the root’s sharing when the root is an instance with its own decode', () => {
    assert.equal((decode(encode(new Secret(5))) as Secret).value, 5)
  })

  it('carries what decode threw as the cause', () => {
    class Picky {
      readonly a = 1
    }
    const cause = new Error('never')
    registerClass(Picky, {
      name: 'registry.spec Picky',
      encode: () => 1,
      decode: () => {
        throw cause
      },
    })
    assert.throws(() => decode(encode([new Picky()])), { code: 'ERR_CACHE_UNDECODABLE', cause })
  })

  it('takes the same class again, with new options', () => {
    registerClass(Point)
    registerClass(Point, { name: 'registry.spec Point2' })
    assertSame(decode(encode(new Point(1))), new Point(1))
    registerClass(Point)
  })

  it('refuses what was kept in another way than the registration says now', () => {
    class Changing {
      a = 1
    }
    const name = 'registry.spec Changing'
    registerClass(Changing, { name })
    const bytes = encode(new Changing())
    registerClass(Changing, { name, encode: () => 1, decode: () => new Changing() })
    assert.throws(() => decode(bytes), { code: 'ERR_CACHE_UNDECODABLE' })
  })

  it('refuses an instance that its class did not make', () => {
    assert.throws(() => encode(Object.create(Counted.prototype)), { code: 'ERR_CACHE_UNENCODABLE' })
    assert.throws(() => encode(Object.setPrototypeOf(new Date(), Point.prototype)), {
      code: 'ERR_CACHE_UNENCODABLE',
    })
  })

  const wrong: Record<string, [act: () => void, message: RegExp]> = {
    'what is no class': [() => registerClass(1 as never), /no class/],
    'an arrow function': [() => registerClass((() => 1) as never), /no class/],
    'a class without a name': [() => registerClass((() => class {})()), /without a name/],
    'an empty name': [() => registerClass(Point, { name: '' }), /without a name/],
    'a name that is taken': [
      () => registerClass(class Other {}, { name: 'Point' }),
      /another class has the name "Point"/,
    ],
    'encode without decode': [() => registerClass(Point, { encode: () => 1 }), /belong together/],
    'decode without encode': [() => registerClass(Point, { decode: () => new Point(1) }), /belong together/],
    'private fields': [() => registerClass(Secret), /Secret has private fields.*Give encode and decode/],
    'inherited private fields': [() => registerClass(Child), /Secret has private fields/],
    'a class that is built in': [() => registerClass(Map, { name: 'M' }), /built in/],
    'a class that extends a built-in one with hidden state': [
      () => registerClass(class When extends Date {}),
      /extends, Date.*Give encode and decode/,
    ],
    'a class that extends a class of Node': [
      () => registerClass(class Link extends URL {}),
      /encode and decode/,
    ],
  }
  for (const [name, [act, message]] of Object.entries(wrong)) {
    it(`refuses ${name}`, () => {
      assert.throws(act, { name: 'TypeError', message })
    })
  }

  it('names a symbol of a registered instance like any other', () => {
    class Emitter extends EventEmitter {}
    registerClass(Emitter, { name: 'registry.spec Emitter' })
    assert.throws(() => encode(new Emitter()), { code: 'ERR_CACHE_UNENCODABLE' })
  })
})
