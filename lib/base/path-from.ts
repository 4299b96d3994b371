import { isAbsolute, relative, sep } from 'node:path'

/** `path`, which is absolute, from `folder` on where it lies in there, else as it is. With `/` on every system. */
export function pathFrom(folder: string, path: string): string {
  const inside = relative(folder, path)
  const isInside = inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..'
  return (isInside ? inside : path).replaceAll(sep, '/')
}
