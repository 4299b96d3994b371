/** The files of a program: texts by path. */
export type Files = Readonly<Record<string, string>>

/** The same files, with one place of one of them edited. Throws unless there is exactly one such place. */
export function edited(files: Files, from: string, to: string): Files {
  const places = Object.values(files).reduce((count, text) => count + text.split(from).length - 1, 0)
  if (places !== 1) throw new Error(`${places} places, not one, hold ${from}`)
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(from, () => to)]))
}
