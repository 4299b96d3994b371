import type { FunctionPart, PackagePart, ValuePart } from '../../lib/fingerprint/part.ts'

/** A function as a fingerprint names it: its hash follows its source, its name its path. */
export function functionPart(path: string, source: string, more: Partial<FunctionPart> = {}): FunctionPart {
  const name = path.split(' > ').at(-1) ?? ''
  return { kind: 'function', path, name, file: 'main.mjs', line: 1, hash: `h:${source}`, source, ...more }
}

export function valuePart(path: string, digest: string): ValuePart {
  return { kind: 'value', path, digest }
}

export function packagePart(path: string, name: string, version: string): PackagePart {
  return { kind: 'package', path, name, version }
}
