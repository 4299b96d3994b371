import assert from 'node:assert/strict'
import { resolveBounds, resolveDecorate, resolveEvaluate } from '../../lib/cache/settings.ts'
import { defaultCodec } from '../../lib/codec/codec.ts'
import { MemoryStore } from '../../lib/stores/memory-store.ts'

describe('resolveDecorate', () => {
  const resolve = (options: Parameters<typeof resolveDecorate>[0]) =>
    resolveDecorate(
      options,
      function area() {},
      () => new MemoryStore(),
    )

  it('gives complete, frozen settings', () => {
    const settings = resolve({})
    assert.ok(Object.isFrozen(settings))
    assert.deepEqual(settings, {
      access: { read: true, evaluate: true, write: true },
      name: 'area',
      ttlMs: undefined,
      errorTtlMs: undefined,
      keepsError: undefined,
      keepIf: undefined,
      validIf: undefined,
      history: false,
      alone: false,
      codec: defaultCodec,
      strict: false,
    })
  })

  it('reads durations, and takes the ttl for errors too where nothing else is said', () => {
    assert.deepEqual([resolve({ ttl: '1m' }).ttlMs, resolve({ ttl: '1m' }).errorTtlMs], [60_000, 60_000])
    assert.equal(resolve({ ttl: '1m', errorTtl: 5 }).errorTtlMs, 5)
  })

  it('makes one predicate of what is said of errors', () => {
    assert.equal(resolve({ errors: true }).keepsError?.(new Error()), true)
    assert.equal(resolve({ errors: false }).keepsError, undefined)
    assert.equal(resolve({ errors: error => error === 5 }).keepsError?.(5), true)
  })
})

describe('resolveEvaluate', () => {
  it('never keeps errors, and has no history', () => {
    const defaults = { access: { read: true, evaluate: true, write: true }, name: 'k', codec: defaultCodec }
    const settings = resolveEvaluate({ ttl: '1s' }, defaults)
    assert.deepEqual(
      [settings.ttlMs, settings.keepsError, settings.history, settings.strict],
      [1_000, undefined, false, false],
    )
  })
})

describe('resolveBounds', () => {
  it('reads sizes and policies; what is not said stays open', () => {
    const mine = { id: 'mine', rank: () => 1 }
    const { said } = resolveBounds({ maxSize: '50 MB', maxEntries: 7, evict: mine })
    assert.deepEqual(said, { maxBytes: 50_000_000, maxEntries: 7, policy: mine })
    const nothing = { maxBytes: undefined, maxEntries: undefined, policy: undefined }
    assert.deepEqual(resolveBounds({}), { said: nothing, usual: nothing })
  })

  it('takes the bounds of the place only where no path is given', () => {
    const usual = { maxSize: 5 }
    assert.equal(resolveBounds({}, usual).usual.maxBytes, 5)
    assert.equal(resolveBounds({}, usual).said.maxBytes, undefined)
    assert.equal(resolveBounds({ path: 'elsewhere' }, usual).usual.maxBytes, undefined)
  })
})
