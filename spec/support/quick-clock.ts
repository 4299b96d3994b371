/** The monotonic clock of each test of a `describe`, which goes on, and can be told to jump ahead. Call it there. */
export function quickClock(): { advance(ms: number): void } {
  const realNow = performance.now
  let aheadMs = 0
  beforeEach(() => {
    performance.now = () => realNow.call(performance) + aheadMs
  })
  afterEach(() => {
    performance.now = realNow
  })
  return {
    advance: ms => {
      aheadMs += ms
    },
  }
}
