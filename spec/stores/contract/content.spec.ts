import { CONTENT_CLAIMS } from '../../../lib/stores/contract/content.ts'
import { changing, testClaims } from '../../support/spoiled-store.ts'

describe('CONTENT_CLAIMS', () => {
  testClaims(CONTENT_CLAIMS, {
    'has something under every key': store => ({ get: key => store.get(key) ?? new Uint8Array(8) }),
    'confuses its keys': store => ({ get: () => [...store.entries()].at(-1)?.[1] }),
    'keeps the first value of a key': store => ({
      write: request =>
        store.write({
          ...request,
          plan: (...seen) =>
            request
              .plan(...seen)
              .filter(({ key, bytes }) => bytes === undefined || store.get(key) === undefined),
        }),
    }),
    'never deletes': changing(change => (change.bytes === undefined ? [] : [change])),
    'lists its keys from A to Z': store => ({
      entries: prefix => [...store.entries(prefix)].sort(([a], [b]) => (a < b ? -1 : 1)),
    }),
    'ignores the prefix': store => ({ entries: () => store.entries() }),
    'ends a listing when something is written': store => ({
      *entries(prefix) {
        const before = [...store.entries()].join()
        for (const entry of store.entries(prefix)) {
          if ([...store.entries()].join() !== before) return
          yield entry
        }
      },
    }),
  })
})
