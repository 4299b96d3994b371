import { setImmediate as nextTurn } from 'node:timers/promises'
import { WRITE_CLAIMS } from '../../../lib/stores/contract/writes.ts'
import { writeOf } from '../../../lib/stores/store.ts'
import { changing, testClaims } from '../../support/spoiled-store.ts'

describe('WRITE_CLAIMS', () => {
  testClaims(WRITE_CLAIMS, {
    'shows a plan nothing': store => ({
      write: ({ plan, ...request }) => store.write({ ...request, plan: () => plan(new Map(), () => []) }),
    }),
    'forgets everything where nothing is changed': store => ({
      write: request =>
        store.write({
          ...request,
          plan: (current, entries) => {
            const changes = request.plan(current, entries)
            return changes.length > 0 ? changes : [...entries()].map(([key]) => ({ key, bytes: undefined }))
          },
        }),
    }),
    'swallows the error of a plan': store => ({ write: request => store.write(request).catch(() => {}) }),
    'ends with the error of a plan': store => {
      let hasFailed = false
      return {
        write: request => {
          if (hasFailed) return Promise.resolve()
          return store.write(request).catch(error => {
            hasFailed = true
            throw error
          })
        },
      }
    },
    'applies a batch from its end': store => ({
      write: request => store.write({ ...request, plan: (...seen) => request.plan(...seen).toReversed() }),
    }),
    'takes 100,000 changes at most': changing((change, at) => (at < 100_000 ? [change] : [])),
    'writes in the background': store => ({
      writeSync: request => void nextTurn().then(() => store.write(request).catch(() => {})),
    }),
    'lets others write while a plan is made': store => ({
      write: async request => {
        const current = new Map(
          request.reads.flatMap(key => {
            const bytes = store.get(key)
            return bytes === undefined ? [] : [[key, bytes] as const]
          }),
        )
        await nextTurn()
        const changes = request.plan(current, () => store.entries())
        await store.write(writeOf(changes, { durable: false }))
      },
    }),
    'drops what is written while it writes': store => {
      let isWriting = false
      return {
        write: async request => {
          if (isWriting) return
          isWriting = true
          await nextTurn()
          isWriting = false
          await store.write(request)
        },
      }
    },
  })
})
