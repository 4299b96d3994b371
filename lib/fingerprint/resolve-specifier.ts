import { realpathSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { stampOf } from '../files/file-stamp.ts'
import { packageTargets, readPackage } from './package-targets.ts'
import { packageOf, pathOf } from './packages.ts'
import { aliasTargets } from './path-aliases.ts'

/** What a specifier leads to. Nothing at all: it is missing, or of a kind that nobody can look at. */
export interface Resolution {
  /** The program's own files: all that a loader might choose. */
  readonly files: readonly string[]
  /** `name@version`, and `node:…`. */
  readonly packages: readonly string[]
}

/**
 * What the module at the path `from` gets by `specifier`: as Node resolves it, for `import` and for `require`, and as the
 * compilers and loaders of TypeScript do, which find `x.ts` where `x.js` is written. Where these differ, everything that
 * one of them would find counts. Throws what the file system says but that something is not there.
 */
export function resolveSpecifier(specifier: string, from: string): Resolution {
  if (isBuiltin(specifier)) return { files: [], packages: [`node:${specifier.replace(/^node:/, '')}`] }
  // Its code is a part of the name.
  if (specifier.startsWith('data:')) return { files: [], packages: [specifier] }
  if (/^\.{0,2}\/|^\.{1,2}$|^file:/.test(specifier) || isAbsolute(specifier))
    return sorted(pathsOf(specifier, dirname(from)).flatMap(filesAt))
  if (/^[a-z][a-z+.-]+:/i.test(specifier)) return NOTHING
  const aliased = sorted(aliasTargets(specifier, from).flatMap(filesAt))
  return merged([
    aliased,
    specifier.startsWith('#') ? resolveInner(specifier, from) : resolveBare(specifier, from),
  ])
}

const NOTHING: Resolution = { files: [], packages: [] }

/** As it is written, which `require` takes, and without query and escapes, as in a URL. */
function pathsOf(specifier: string, folder: string): readonly string[] {
  if (specifier.startsWith('file:')) return [pathOf(specifier)]
  const plain = resolve(folder, specifier)
  const bare = specifier.replace(/[?#].*$/, '')
  if (bare === specifier && !specifier.includes('%')) return [plain]
  return [plain, resolve(folder, decoded(bare))]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What is written in a TypeScript program for a file that the compiler makes. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}
const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.node', '.d.ts']

/** Everything that `path` may stand for and that is there. */
function filesAt(path: string): readonly string[] {
  const [, stem = path, ending = ''] = /^(.*)(\.[cm]?jsx?)$/.exec(path) ?? []
  const sources = (SOURCES[ending] ?? []).map(source => stem + source)
  const files = [path, ...sources].filter(isFile)
  if (files.length > 0) return files
  const longer = ENDINGS.map(each => path + each).filter(isFile)
  if (longer.length > 0) return longer
  return stampOf(path)?.kind === 'folder' ? filesOfFolder(path) : []
}

function filesOfFolder(folder: string): readonly string[] {
  const main = readPackage(folder)?.main
  const named = typeof main === 'string' ? filesNear(resolve(folder, main)) : []
  return [...named, ...filesNear(join(folder, 'index'))]
}

function filesNear(path: string): readonly string[] {
  const files = [path, ...ENDINGS.map(each => path + each)].filter(isFile)
  return files.length > 0 ? files : ENDINGS.map(each => join(path, `index${each}`)).filter(isFile)
}

function isFile(path: string): boolean {
  return stampOf(path)?.kind === 'file'
}

/** `#name`: what the package that the file belongs to says of it. */
function resolveInner(specifier: string, from: string): Resolution {
  const owner = packageAbove(from)
  if (owner === undefined) return NOTHING
  return resolveTargets(packageTargets(owner.content.imports, specifier), owner.folder)
}

function resolveTargets(targets: readonly string[], folder: string): Resolution {
  const resolutions = targets.map(target =>
    target.startsWith('.')
      ? sorted(filesAt(resolve(folder, target)))
      : resolveSpecifier(target, join(folder, 'package.json')),
  )
  return merged(resolutions)
}

/** `name/path`: a package in one of the folders above, or the one that the file belongs to itself. */
function resolveBare(specifier: string, from: string): Resolution {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? []
  const owner = packageAbove(from)
  const isSelf = owner !== undefined && owner.content.name === name
  const self = isSelf ? resolveIn(owner.folder, rest) : NOTHING
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', name)
    if (stampOf(installed) !== undefined) return merged([self, resolveInstalled(installed, rest)])
    if (dirname(folder) === folder) return self
  }
}

// A package of the same workspace is only linked into node_modules: its files are the program's own.
function resolveInstalled(path: string, rest: string): Resolution {
  const real = realpathSync.native(path)
  const found = packageOf(join(real, 'package.json'))
  if (found !== undefined) return { files: [], packages: [`${found.name}@${found.version}`] }
  return stampOf(real)?.kind === 'folder' ? resolveIn(real, rest) : sorted([real])
}

function resolveIn(folder: string, rest: string): Resolution {
  const { exports } = readPackage(folder) ?? {}
  const named = exports === undefined ? NOTHING : resolveTargets(packageTargets(exports, `.${rest}`), folder)
  const plain = rest === '' ? [...filesOfFolder(folder), ...mainsOf(folder)] : filesAt(join(folder, rest))
  return merged([named, sorted(plain)])
}

/** What bundlers and loaders take in place of `main`. */
function mainsOf(folder: string): readonly string[] {
  const { module, source } = readPackage(folder) ?? {}
  return [module, source].flatMap(main => (typeof main === 'string' ? filesNear(resolve(folder, main)) : []))
}

function packageAbove(
  from: string,
): { readonly folder: string; readonly content: Readonly<Record<string, unknown>> } | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const content = readPackage(folder)
    if (content !== undefined) return { folder, content }
    if (dirname(folder) === folder) return undefined
  }
}

// Through links, as Node does: one file is one module.
function sorted(paths: readonly string[]): Resolution {
  const real = paths.map(path => realpathSync.native(path))
  const packages = real.map(path => packageOf(path))
  return {
    files: [...new Set(real.filter((_, i) => packages[i] === undefined))].sort(),
    packages: [
      ...new Set(packages.flatMap(found => (found === undefined ? [] : [`${found.name}@${found.version}`]))),
    ].sort(),
  }
}

function merged(resolutions: readonly Resolution[]): Resolution {
  return {
    files: [...new Set(resolutions.flatMap(({ files }) => files))].sort(),
    packages: [...new Set(resolutions.flatMap(({ packages }) => packages))].sort(),
  }
}
