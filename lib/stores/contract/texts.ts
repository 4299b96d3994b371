import { type Change, type Store, writeOf } from '../store.ts'

/** How a journal is folded into its file, say. */
export const settled = { durable: true, settle: true } as const

export function change(key: string, value: string | undefined): Change {
  return { key, bytes: value === undefined ? undefined : Buffer.from(value) }
}

/** One write for each. */
export async function put(store: Store, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, value] of Object.entries(values))
    await store.write(writeOf([change(key, value)], { durable: false }))
}

export async function remove(store: Store, key: string): Promise<void> {
  await store.write(writeOf([change(key, undefined)], { durable: false }))
}

export async function textOf(store: Store, key: string): Promise<string | undefined> {
  const bytes = await store.get(key)
  return bytes === undefined ? undefined : text(bytes)
}

export async function keysOf(store: Store): Promise<string[]> {
  return [...(await store.entries())].map(([key]) => key)
}

/** Keys and texts, by key. */
export async function contentOf(store: Store): Promise<[string, string][]> {
  const listed = [...(await store.entries())].map(([key, bytes]): [string, string] => [key, text(bytes)])
  return listed.sort(([a], [b]) => (a < b ? -1 : 1))
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
