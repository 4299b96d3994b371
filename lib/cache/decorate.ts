import { types } from 'node:util'
import type { AnyFunction, CalledAs, GivenFunction, NoClass } from '../base/any-function.ts'
import { FORMAT_VERSION } from '../files/file-header.ts'
import { sourceOf } from '../keys/source.ts'
import type { CachedFunction } from './cached-function.ts'
import { checkDecorateOptions, type DecorateOptions } from './options.ts'
import { type WrapPlace, wrap } from './wrap.ts'

/** The store of functions that are not told another. A newer format gets another one, and they never fight. */
export const DEFAULT_PLACE: WrapPlace = {
  path: `v${FORMAT_VERSION}/functions.lmdb`,
  alone: false,
  bounds: { maxSize: '10 GB', evict: 'cost' },
}

/** Wraps any function it is given; also as a standard decorator of methods. */
export type Decorator = <F extends GivenFunction>(
  fn: F,
  context?: ClassMethodDecoratorContext,
) => CachedFunction<CalledAs<F>>

/**
 * A function that recalls what `fn` gave for the same call, and evaluates only what is not kept. Sync functions stay
 * sync, async ones async; `this`, `name` and `length` stay. As a call, `decorate(fn, options)`; as a factory,
 * `decorate(options)(fn)`; and as a standard decorator of methods, `@decorate(options)`. `TypeError` for classes and
 * generators, and for options that make no sense.
 */
export function decorate<F extends GivenFunction>(
  fn: F & NoClass<F>,
  options?: DecorateOptions<NoInfer<CalledAs<F>>>,
): CachedFunction<CalledAs<F>>
export function decorate<F extends AnyFunction>(fn: F, options?: DecorateOptions<F>): CachedFunction<F>
export function decorate<F extends AnyFunction>(
  fn: F,
  context: ClassMethodDecoratorContext,
): CachedFunction<F>
export function decorate(options?: DecorateOptions): Decorator
export function decorate(
  fnOrOptions: AnyFunction | DecorateOptions = {},
  more: DecorateOptions | ClassMethodDecoratorContext = {},
): AnyFunction | Decorator {
  // A field's decorator gets undefined.
  if (isContext(more)) return decoratorOf({}, DEFAULT_PLACE)(fnOrOptions as AnyFunction, more)
  if (typeof more === 'string' || typeof more === 'symbol') throw legacy()
  if (typeof fnOrOptions !== 'function') return decoratorOf(fnOrOptions, DEFAULT_PLACE)
  return wrapChecked(fnOrOptions, more, DEFAULT_PLACE)
}

/** What `decorate(options)` gives, for entries at `place`. */
export function decoratorOf(options: DecorateOptions, place: WrapPlace): Decorator {
  checkDecorateOptions(options)
  const decorator = <F extends AnyFunction>(
    fn: F,
    context?: ClassMethodDecoratorContext,
  ): CachedFunction<F> => {
    if (context !== undefined && (!isContext(context) || context.kind !== 'method')) {
      throw isContext(context) ? misplaced(`a ${String((context as { kind: unknown }).kind)}`) : legacy()
    }
    // What is said of any function holds for F.
    return wrapChecked(fn, options as unknown as DecorateOptions<F>, place)
  }
  // A function that is given is any function.
  return decorator as Decorator
}

/** Wraps what can be wrapped. */
export function wrapChecked<F extends AnyFunction>(
  fn: F,
  options: DecorateOptions<F>,
  place: WrapPlace,
): CachedFunction<F> {
  if (typeof fn !== 'function') {
    throw new TypeError(`decorate was given ${fn === null ? 'null' : typeof fn}. Give the function to cache.`)
  }
  if (types.isGeneratorFunction(fn)) {
    throw new TypeError(
      `decorate was given the generator ${fn.name || '(nameless)'}: what it yields is not kept. ` +
        'Cache a function that collects the items: () => [...generate()].',
    )
  }
  if (/^class\b/.test(sourceOf(fn))) {
    throw new TypeError(
      `decorate was given the class ${fn.name || '(nameless)'}. Decorate its methods, or a function that makes instances.`,
    )
  }
  const path = options?.path ?? place.path
  const answersLater = typeof path === 'object' && 'traits' in path && !path.traits.sync
  if (answersLater && !types.isAsyncFunction(fn)) {
    throw new TypeError(
      `decorate was given ${fn.name || 'a function'}, which is not async, and a store that answers later. ` +
        'Declare it async, or give a store with traits.sync.',
    )
  }
  return wrap(fn, options, place)
}

function misplaced(where: string): TypeError {
  return new TypeError(`@decorate was put on ${where}. It decorates methods, as a standard decorator.`)
}

/** Legacy decorators are called with the class and a name. */
function legacy(): TypeError {
  return new TypeError(
    '@decorate was called as a legacy decorator. It is a standard one: take experimentalDecorators out of tsconfig.json, ' +
      'or wrap the method without it: area = decorate(this.area).',
  )
}

function isContext(value: unknown): value is ClassMethodDecoratorContext {
  return typeof value === 'object' && value !== null && 'kind' in value && 'addInitializer' in value
}
