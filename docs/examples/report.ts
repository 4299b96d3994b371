import { events } from 'cachedict'

/** What a stage tells the process that started the pipeline. */
export type Report =
  | { readonly is: 'progress'; readonly stage: string; readonly done: number; readonly of: number }
  | {
      readonly is: 'stage'
      readonly stage: string
      readonly result: string
      /** Since the stage before. */
      readonly tookMs: number
      /** What was computed in it, and what was recalled, which took so long to compute once. */
      readonly evaluations: number
      readonly recalls: number
      readonly savedMs: number
    }

let evaluations = 0
let recalls = 0
let savedMs = 0
let startedMs = performance.now()

events.on('evaluated', () => {
  evaluations += 1
})
events.on('hit', hit => {
  recalls += 1
  savedMs += hit.savedMs
})

/** Reports a stage that is over, with its result in words, and passes its value on. */
export function report<T>(stage: string, value: T, inWords: (value: T) => string): T {
  const tookMs = performance.now() - startedMs
  send({ is: 'stage', stage, result: inWords(value), tookMs, evaluations, recalls, savedMs })
  evaluations = 0
  recalls = 0
  savedMs = 0
  startedMs = performance.now()
  return value
}

report.progress = (stage: string, done: number, of: number): void => {
  send({ is: 'progress', stage, done, of })
}

/** To the process that forked this one; on a terminal of its own, as a line. */
function send(message: Report): void {
  if (process.send !== undefined) process.send(message)
  else if (message.is === 'stage')
    console.log(`${message.stage.padEnd(10)} ${message.result} (${Math.round(message.tookMs)} ms)`)
}
