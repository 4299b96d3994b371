import type { Call, CalledProgram, RecallSettings } from '../../lib/cache/call.ts'
import { defaultCodec } from '../../lib/codec/codec.ts'
import { versionOfCode } from './entries.ts'

/** A program that says nothing special. */
export const PROGRAM: CalledProgram = {
  refusal: () => undefined,
  watch: () => () => [],
  reading: () => ({ code: 'one', findings: [], parts: () => [] }),
}

/** A call that says nothing special. */
export function callOf(more: Partial<Call> = {}, settings: Partial<RecallSettings> = {}): Call {
  return {
    settings: {
      access: { read: true, evaluate: true, write: true },
      name: 'area',
      ttlMs: undefined,
      errorTtlMs: undefined,
      keepsError: undefined,
      keepIf: undefined,
      validIf: undefined,
      history: false,
      alone: false,
      codec: defaultCodec,
      strict: false,
      ...settings,
    },
    storeKey: 'd"key',
    code: () => versionOfCode('one'),
    program: { ...PROGRAM },
    title: () => 'area()',
    args: [],
    shown: () => [],
    labels: () => ({ key: undefined, args: undefined }),
    fn: () => 1,
    evaluate: () => 1,
    isSame: () => true,
    isCurrent: () => true,
    isMutable: () => false,
    refresh: false,
    ...more,
  }
}
