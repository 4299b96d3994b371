import { BYTES_CLAIMS } from './bytes.ts'
import type { StoreClaim } from './claim.ts'
import { CLOSING_CLAIMS } from './closing.ts'
import { CONTENT_CLAIMS } from './content.ts'
import { OFFER_CLAIMS } from './offers.ts'
import { WRITE_CLAIMS } from './writes.ts'

/**
 * What it means to be a store, free of any test runner: for people who write one. Those that need traits which it does
 * not have are left out.
 *
 *     for (const claim of STORE_CONTRACT) test(claim.name, () => claim.run(openEmptyStore()))
 */
export const STORE_CONTRACT: readonly StoreClaim[] = [
  ...CONTENT_CLAIMS,
  ...BYTES_CLAIMS,
  ...WRITE_CLAIMS,
  ...OFFER_CLAIMS,
  ...CLOSING_CLAIMS,
]
