import type { Row } from './row.ts'
import { CODEC_ROWS } from './rows/codec.ts'
import { COMMIT } from './rows/commit.ts'
import { FACTS_ROWS } from './rows/facts.ts'
import { FIRST_CALL } from './rows/first-call.ts'
import { HIT_ROWS } from './rows/hit.ts'
import { IMPORT } from './rows/import.ts'
import { KEYS_ROWS } from './rows/keys.ts'
import { OPEN } from './rows/open.ts'

/** In the order in which they are measured and printed. */
export const ROWS: readonly Row[] = [
  COMMIT,
  OPEN,
  ...FACTS_ROWS,
  IMPORT,
  ...HIT_ROWS,
  FIRST_CALL,
  ...CODEC_ROWS,
  ...KEYS_ROWS,
]
