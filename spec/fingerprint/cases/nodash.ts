import { installed } from './case.ts'

/** A package such as lodash: CommonJS in one closure, whose functions hold functions of the user. */
export const NODASH = installed('nodash', '1.0.0', {
  'index.js': `
;(function () {
  function partial(fn, ...held) {
    return function (...rest) { return fn.apply(this, held.concat(rest)) }
  }
  function memoize(fn) {
    function memoized(key) {
      const cache = memoized.cache
      if (!cache.has(key)) cache.set(key, fn.apply(this, arguments))
      return cache.get(key)
    }
    memoized.cache = new Map()
    return memoized
  }
  function flow(fns) {
    return function (first) { return fns.reduce((value, fn) => fn(value), first) }
  }
  function chunk(list, size) {
    const chunks = []
    for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size))
    return chunks
  }
  Object.assign(module.exports, { partial, memoize, flow, chunk })
}).call(this)
`,
})
