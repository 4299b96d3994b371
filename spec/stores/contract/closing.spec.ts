import { CLOSING_CLAIMS } from '../../../lib/stores/contract/closing.ts'
import { MemoryStore } from '../../../lib/stores/memory-store.ts'
import { soundStore, testClaims } from '../../support/spoiled-store.ts'

describe('CLOSING_CLAIMS', () => {
  testClaims(CLOSING_CLAIMS, {
    'forgets what it had when it settles': store => ({
      write: request =>
        store.write({
          ...request,
          plan: (current, entries) => {
            const gone = request.settle ? [...entries()].map(([key]) => ({ key, bytes: undefined })) : []
            return [...gone, ...request.plan(current, entries)]
          },
        }),
    }),
    'forgets what it had when it is closed': () => soundStore(new MemoryStore()),
    'goes on after it was closed': () => ({ close: () => {} }),
    'cannot be closed twice': store => {
      let isOpen = true
      return {
        close: () => {
          if (!isOpen) throw new Error('closed')
          isOpen = false
          store.close()
        },
      }
    },
  })
})
