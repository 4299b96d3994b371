/** The wall clock of each test of a `describe`: it stands still, until it is told. Call it there. */
export interface FakeClock {
  now(): number
  advance(ms: number): void
}

const START_MS = Date.UTC(2024, 4, 17, 12)

export function fakeClock(): FakeClock {
  const realNow = Date.now
  let nowMs = START_MS
  beforeEach(() => {
    nowMs = START_MS
    Date.now = () => nowMs
  })
  afterEach(() => {
    Date.now = realNow
  })
  return {
    now: () => nowMs,
    advance: ms => {
      nowMs += ms
    },
  }
}
