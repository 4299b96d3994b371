import { join } from 'node:path'

/** A package that people keep things with instead, seen as a dictionary from text to values. */
export interface Peer {
  readonly name: string
  /** What becomes of a value that was set: a sync is what takes longest. */
  readonly note: string
  /** The modules that a program imports to use it. */
  readonly modules: readonly string[]
  /** Opens what lies in `folder`, or begins it. */
  open(folder: string): Promise<PeerCache>
}

export interface PeerCache {
  get(key: string): unknown
  set(key: string, value: unknown): unknown
  setMany(entries: Readonly<Record<string, unknown>>): unknown
  /** Writes out what was set, where `set` has not. */
  save(): unknown
  close(): unknown
}

/** A folder for `peer` in `parent`. */
export function folderOf({ name }: Pick<Peer, 'name'>, parent: string): string {
  return join(parent, name.replaceAll(/\W+/g, '-'))
}

/** Those of `peers` that are installed: the native part of one may be missing where there is no compiler. */
export function installed<P extends Pick<Peer, 'modules'>>(peers: readonly P[]): readonly P[] {
  return peers.filter(({ modules }) => modules.every(isInstalled))
}

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== ''
  } catch {
    return false
  }
}

/** A module that the package itself does not depend on, and has no types of. */
export async function load<T>(name: string): Promise<T> {
  return (await import(name)) as T
}
