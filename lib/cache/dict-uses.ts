import type { Entry } from '../entries/entry.ts'
import type { Seen } from '../entries/made-of.ts'
import { everythingSeen, keysSeen, presenceOf, seenOf } from '../entries/use.ts'
import { labelOf } from './dict-key.ts'
import { isTracked, noteExpiry, noteListing, noteRead, noteWrite } from './evaluation.ts'
import { placeIdOf } from './places.ts'
import type { Session } from './session.ts'
import type { Source } from './surroundings.ts'

/**
 * Tells the evaluations under way what they see, and change, of a dictionary: their results are made of it. Costs next to
 * nothing where none is under way.
 */
export class DictUses {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The value under a key, or that there is none. */
  value(key: unknown, storeKey: string, entry: Entry | undefined): void {
    if (!isTracked()) return
    this.expiry(entry)
    this.#read('value', key, storeKey, seenOf(entry))
  }

  /** What is seen is true no longer than this value. */
  expiry(entry: Entry | undefined): void {
    noteExpiry(entry?.expiresAtMs)
  }

  presence(key: unknown, storeKey: string, isThere: boolean): void {
    if (isTracked()) this.#read('presence', key, storeKey, presenceOf(isThere))
  }

  listing(what: 'keys' | 'everything'): void {
    if (!isTracked()) return
    const see = what === 'keys' ? keysSeen : everythingSeen
    noteListing(this.#source, what, without => see(this.#session.block, without))
  }

  write(storeKey: string): void {
    if (isTracked()) noteWrite(this.#source, storeKey)
  }

  #read(what: 'value' | 'presence', key: unknown, storeKey: string, seen: Seen): void {
    const label = labelOf(key, storeKey)
    noteRead({ source: this.#source, what, key: storeKey, label, codeVersion: '', ...seen })
  }

  get #source(): Source {
    return { placeId: placeIdOf(this.#session.store), view: this.#session.block }
  }
}
