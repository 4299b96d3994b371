import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Every call of node:fs that changes something on the disk, or makes it durable, as this library and its packages call them. */
const CHANGING = [
  'openSync',
  'writeSync',
  'writeFileSync',
  'fsyncSync',
  'fdatasyncSync',
  'ftruncateSync',
  'renameSync',
  'unlinkSync',
  'symlinkSync',
  'mkdirSync',
  'futimesSync',
] as const
const READING = ['readSync', 'statSync', 'fstatSync', 'readdirSync', 'readlinkSync'] as const

type Operation = (...args: unknown[]) => unknown

export interface Intercepted {
  /** What the program calls it with; of `writeSync`: a descriptor, bytes, and where. */
  readonly args: readonly unknown[]
  readonly name: string
  /** Counted from 1. */
  readonly number: number
  /** Does it, with these arguments or its own. */
  run(...args: readonly unknown[]): unknown
}

/** Lets `around` decide what becomes of each operation on files, until the returned function is called. */
export function interceptFiles(around: (operation: Intercepted) => unknown, reading = false): () => void {
  const files = fs as unknown as Record<string, Operation>
  const originals = new Map<string, Operation>()
  let number = 0
  for (const name of [...CHANGING, ...(reading ? READING : [])]) {
    const original = files[name]!
    originals.set(name, original)
    files[name] = (...args: unknown[]) => {
      // Opening to read changes nothing.
      const isCounted = name !== 'openSync' || (args[1] !== 'r' && args[1] !== undefined)
      if (!isCounted) return original(...args)
      number += 1
      const run = (...others: readonly unknown[]) => original(...(others.length === 0 ? args : others))
      return around({ args, name, number, run })
    }
  }
  const { open } = fs.promises
  fs.promises.open = interceptedOpen(open, (name, args, original) => {
    number += 1
    return around({ args, name, number, run: () => original() }) as Promise<never>
  })
  syncBuiltinESMExports()
  return () => {
    for (const [name, original] of originals) files[name] = original
    fs.promises.open = open
    syncBuiltinESMExports()
  }
}

/** What the system throws where it refuses the operation `name`. */
export function refusal(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: on purpose, ${name}`), {
    code,
    errno: -28,
    syscall: name.replace('Sync', ''),
  })
}

type Open = typeof fs.promises.open

/** Opening a file off the thread, and what is then done with its handle. */
function interceptedOpen(
  open: Open,
  around: <T>(name: string, args: readonly unknown[], original: () => Promise<T>) => Promise<T>,
): Open {
  return async (...args) => {
    const handle = await around('promises.open', args, () => open(...args))
    const [write, sync] = [handle.writeFile.bind(handle), handle.datasync.bind(handle)]
    handle.writeFile = async (...what) => around('handle.writeFile', args, () => write(...what))
    handle.datasync = async () => around('handle.datasync', args, sync)
    return handle
  }
}
