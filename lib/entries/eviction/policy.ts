/** What a policy may go by. */
export interface Worth {
  /** What evaluating it took, in milliseconds. */
  readonly costMs: number
  readonly sizeBytes: number
  readonly createdAtMs: number
  readonly lastUsedMs: number
}

/** Decides what is dropped first to make room. */
export interface EvictionPolicy {
  /** Tells policies apart, across processes too: entries that were ranked by another are ranked anew. */
  readonly id: string
  /**
   * Where an entry stands, at least 0: the lowest goes first. Asked when it is kept, and when it was used. `floor` is the
   * highest rank that had to go so far: what is ranked from there on ages as the floor rises.
   */
  rank(worth: Worth, floor: number): number
}
