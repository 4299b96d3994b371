/** One change of a store: `bytes` under `key`, or, where `bytes` is undefined, nothing any more. */
export interface Change {
  readonly key: string
  readonly bytes: Uint8Array | undefined
}
