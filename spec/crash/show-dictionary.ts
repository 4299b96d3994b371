import assert from 'node:assert/strict'
import { close, withCache } from 'cachedict'
import type { Shown } from './storm-model.ts'

/** What the dictionary holds, seen by another process; a value that is not what its number says is told by name. */
export async function showDictionary(file: string): Promise<Shown> {
  try {
    return await withCache<{ n: number; more: string }, string, Shown>(file, 'r', dict => {
      const shown = new Map<string, string>()
      for (const [key, { n, more }] of dict) {
        const isSound = more === 'x'.repeat(more.length)
        shown.set(key, isSound ? `${n}+${more.length}` : 'a wrong value')
      }
      assert.equal(dict.size, shown.size)
      return shown
    })
  } finally {
    await close(file)
  }
}
