import { degrade } from '../events/degrade.ts'
import type { Call, Shelf } from './call.ts'

/** Says that what is kept for a call is damaged: an event each time, a warning once for each place. */
export function reportDamage(
  shelf: Pick<Shelf, 'place' | 'report'>,
  call: Pick<Call, 'settings' | 'storeKey' | 'title'>,
): void {
  shelf.report('damaged', call, {})
  degrade(
    `damaged ${shelf.place}`,
    `What is kept for ${call.title()} in ${shelf.place} is damaged, and counts as not kept. It is replaced when the result is computed again.`,
  )
}
