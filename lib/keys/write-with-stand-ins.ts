import { isCacheError } from '../base/errors.ts'
import { isObject } from '../base/is-object.ts'
import { type Encoding, encodingFor, NO_POLICY, tellNotes } from './encoding.ts'
import { handlesIn } from './handles.ts'
import type { Policy } from './policy.ts'
import { Refusal } from './refusal.ts'
import type { AnyFunction } from './source.ts'
import { type Task, writeOnce } from './write-once.ts'

/**
 * Writes a value in which what has no identity counts as its class alone. The policy is asked for the atoms of those
 * functions only that count in the end, not of what lies in a database client or a logger: so everything is written with
 * other atoms first, until it is known what stands in.
 */
export function writeWithStandIns(task: Task, policy: Policy): void {
  const start = task.writer.length
  const refused = new Set<AnyFunction>()
  for (;;) {
    const asked = new Set<AnyFunction>()
    const trial = withAtoms(policy, fn => {
      asked.add(fn)
      if (refused.has(fn)) throw new Refusal('function')
      return 0
    })
    const encoding = writeTrial(task, trial, asked)
    if (asked.size > 1) policy.meet?.([...asked])
    // Without functions and classes, these are the bytes.
    if (asked.size === 0 || writeFinally(task, encoding, { start, policy, refused })) {
      tellNotes({ ...encoding, policy })
      return
    }
  }
}

/** Writes over the trial. False where functions without an atom came up: what holds them is found by the next trial. */
function writeFinally(
  task: Task,
  { standIns }: Encoding,
  { start, policy, refused }: { start: number; policy: Policy; refused: Set<AnyFunction> },
): boolean {
  const known = refused.size
  const noticing = withAtoms(policy, fn => {
    try {
      return policy.functionAtom(fn)
    } catch (error) {
      if (error instanceof Refusal) refused.add(fn)
      throw error
    }
  })
  task.writer.length = start
  try {
    writeOnce(task, encodingFor(noticing, standIns))
    return true
  } catch (error) {
    if (refused.size === known) throw error
    task.writer.length = start
    return false
  }
}

/** Writes with as few stand-ins as will do, and gives the encoding; fills `asked`. Throws ERR_CACHE_UNKEYABLE where they are not enough. */
function writeTrial(task: Task, trial: Policy, asked: Set<AnyFunction>): Encoding {
  const start = task.writer.length
  let { standIns } = NO_POLICY
  for (;;) {
    const encoding = encodingFor(trial, standIns)
    asked.clear()
    try {
      writeOnce(task, encoding)
      return encoding
    } catch (error) {
      if (!isCacheError(error, 'ERR_CACHE_UNKEYABLE') || !isObject(task.value)) throw error
      const found = handlesIn(task.value, encodingFor(trial, standIns))
      // Each round finds more, or there is none to be found.
      if (found.size === standIns.size) throw error
      standIns = found
      task.writer.length = start
    }
  }
}

function withAtoms(policy: Policy, functionAtom: Policy['functionAtom']): Policy {
  const { accessors, handles, hidden, classNames } = policy
  return {
    functionAtom,
    accessors,
    handles,
    hidden,
    classNames,
    ...(policy.leftOutOf !== undefined && { leftOutOf: object => policy.leftOutOf?.(object) }),
    ...(policy.contentOf !== undefined && { contentOf: object => policy.contentOf?.(object) }),
    ...(policy.insideOf !== undefined && { insideOf: proxy => policy.insideOf?.(proxy) }),
  }
}
