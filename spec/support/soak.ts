/** How many specs count `rounds`: they share the time of a soak, SOAK_MINUTES. */
const ENDLESS_SPECS = 21
const soakMs = (Number(process.env.SOAK_MINUTES ?? 0) * 60_000) / ENDLESS_SPECS

/**
 * Counts rounds from 0: `least` of them in a plain run; under `npm run soak`, which sets SOAK_MINUTES, as many more as
 * fit into the spec's share of that time.
 */
export function* rounds(least: number): Generator<number> {
  const endMs = Date.now() + soakMs
  for (let round = 0; round < least || Date.now() < endMs; round += 1) yield round
}

/** A seed for one spec: another one each time, so that every run tries something new. Printed by whoever fails. */
export function newSeed(): number {
  return Number(process.env.SPEC_SEED ?? Math.floor(Math.random() * 2 ** 32))
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
