import { BYTES_CLAIMS } from '../../../lib/stores/contract/bytes.ts'
import { changing, giving, testClaims } from '../../support/spoiled-store.ts'

describe('BYTES_CLAIMS', () => {
  testClaims(BYTES_CLAIMS, {
    'confuses empty with absent': giving(bytes => (bytes.length === 0 ? undefined : bytes)),
    'keeps seven bits of each byte': giving(bytes => bytes.map(byte => byte & 127)),
    'cuts keys off': store => ({ get: key => store.get(key.slice(0, 1_000)) }),
    'writes one form of what looks the same': store => ({ get: key => store.get(key.normalize('NFC')) }),
    'cuts values off': giving(bytes => bytes.slice(0, 2_000_000)),
    'leaves tails out': changing(({ tail, ...change }) => [change]),
    'leaves out tails that lie there already': changing(({ tail, ...change }) =>
      tail instanceof Uint8Array ? [{ ...change, tail }] : [change],
    ),
    'gives bytes that lie anywhere': giving(bytes => {
      const shifted = new Uint8Array(bytes.length + 1)
      shifted.set(bytes, 1)
      return shifted.subarray(1)
    }),
    'keeps what it was given itself': store => {
      const given = new Map<string, Uint8Array | undefined>()
      return {
        get: key => given.get(key) ?? store.get(key),
        write: async request => {
          store.writeSync({
            ...request,
            plan: (...seen) => {
              const changes = request.plan(...seen)
              for (const { key, bytes, tail } of changes)
                given.set(key, tail === undefined ? bytes : undefined)
              return changes
            },
          })
        },
      }
    },
    'gives what it keeps itself': store => {
      const kept = new Map<string, Uint8Array | undefined>()
      return {
        get: key => {
          if (!kept.has(key)) kept.set(key, store.get(key))
          return kept.get(key)
        },
        write: request =>
          store.write({
            ...request,
            plan: (...seen) => {
              const changes = request.plan(...seen)
              for (const { key } of changes) kept.delete(key)
              return changes
            },
          }),
      }
    },
    'shows a plan what it keeps itself': store => {
      const kept = new Map<string, Uint8Array>()
      return {
        get: key => kept.get(key) ?? store.get(key),
        write: request =>
          store.write({
            ...request,
            plan: (current, entries) => {
              for (const [key, bytes] of current) kept.set(key, bytes)
              return request.plan(current, entries)
            },
          }),
      }
    },
  })
})
