import type { Row } from './row.ts'
import { CODEC_ROWS } from './rows/codec.ts'
import { COMMIT } from './rows/commit.ts'
import { EVICTION_ROWS } from './rows/eviction.ts'
import { FACTS_ROWS } from './rows/facts.ts'
import { FINGERPRINT_ROWS } from './rows/fingerprint.ts'
import { FIRST_CALL } from './rows/first-call.ts'
import { HIT_ROWS } from './rows/hit.ts'
import { IMPORT } from './rows/import.ts'
import { KEYS_ROWS } from './rows/keys.ts'
import { LARGE_ROWS } from './rows/large.ts'
import { OPEN } from './rows/open.ts'
import { SCALE_ROWS } from './rows/scale.ts'
import { THOUSAND_ASYNC } from './rows/thousand-async.ts'

/** In the order in which they are measured and printed. */
export const ROWS: readonly Row[] = [
  ...HIT_ROWS,
  FIRST_CALL,
  THOUSAND_ASYNC,
  ...FACTS_ROWS,
  ...FINGERPRINT_ROWS,
  ...SCALE_ROWS,
  ...LARGE_ROWS,
  ...EVICTION_ROWS,
  COMMIT,
  OPEN,
  IMPORT,
  ...CODEC_ROWS,
  ...KEYS_ROWS,
]
