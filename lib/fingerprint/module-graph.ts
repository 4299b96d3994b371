import { readFileSync, realpathSync } from 'node:fs'
import { extname } from 'node:path'
import { stampOf } from '../files/file-stamp.ts'
import { RememberedFiles } from '../files/remembered-files.ts'
import { sha256Hex } from '../keys/sha256.ts'
import { packageOf, pathOf, projectPath } from './packages.ts'
import { type Resolution, resolveSpecifier } from './resolve-specifier.ts'
import { type Specifiers, specifiersOf } from './specifiers.ts'

/** The files that a module is made of. */
export interface ModuleGraph {
  /** Digest of what the files hold and of how they hang together; the same wherever the project lies. */
  readonly hash: string
  /** The program's own files, in the order in which they are reached. */
  readonly files: readonly { readonly path: string; readonly hash: string }[]
  /** Packages, `name@version`, and modules of Node, `node:fs`. They are not looked into. */
  readonly packages: readonly string[]
  /** What cannot be followed, by file: what is missing or cannot be read, and what is computed when it runs. */
  readonly findings: readonly string[]
}

/**
 * All that can be loaded by the module at `entry`, a path or a `file:` URL, and by what it loads: by `import`, `export from`,
 * `require` and `import()`. Whole files count, byte by byte, comments and unused functions too. Files are read again when
 * they changed. Never throws for a file that is missing or cannot be read: that is a finding, and part of the hash.
 */
export function moduleGraph(entry: string): ModuleGraph {
  const path = pathOf(entry)
  const start = attempt(() => realpathSync.native(path)) ?? path
  const found = packageOf(start)
  const isOwn = found === undefined
  const numbers = new Map<string, number>(isOwn ? [[start, 0]] : [])
  const packages = new Set<string>(isOwn ? [] : [`${found.name}@${found.version}`])
  const findings: string[] = []
  const files: { readonly path: string; readonly hash: string }[] = []
  const lines: string[] = []
  // What is reached is added behind: the walk goes on with it.
  for (const path of numbers.keys()) {
    const { hash, edges, complaints } = describeFile(path)
    files.push({ path, hash })
    findings.push(...complaints)
    const targets = edges.map(({ name, files, packages: names }) => {
      for (const each of names) packages.add(each)
      for (const file of files) if (!numbers.has(file)) numbers.set(file, numbers.size)
      return JSON.stringify([name, files.map(file => numbers.get(file)), names])
    })
    lines.push([hash, ...targets].join(' '))
  }
  const named = [...packages].sort()
  return { hash: sha256Hex(JSON.stringify([lines, named])), files, packages: named, findings }
}

interface Edge extends Resolution {
  readonly name: string
}

interface FileDescription {
  readonly hash: string
  readonly edges: readonly Edge[]
  readonly complaints: readonly string[]
}

function describeFile(path: string): FileDescription {
  const place = projectPath(path)
  const content = attempt(() => readContent(path))
  if (content === undefined) return { hash: 'unreadable', edges: [], complaints: [place] }
  const complaints: string[] = []
  const { names, certain, isComputed } = content.specifiers
  if (isComputed) complaints.push(`${place} > import(…)`)
  const edges = names.flatMap((name): readonly Edge[] => {
    const resolution = attempt(() => resolveSpecifier(name, path))
    const isFound = resolution !== undefined && resolution.files.length + resolution.packages.length > 0
    if (!isFound && certain.has(name)) complaints.push(`${place} > ${name}`)
    // What is no more than a word in a comment may lead nowhere.
    return isFound ? [{ name, ...resolution }] : certain.has(name) ? [{ name, files: [], packages: [] }] : []
  })
  return { hash: content.hash, edges, complaints }
}

interface Content {
  readonly hash: string
  readonly specifiers: Specifiers
}

const NO_SPECIFIERS: Specifiers = { names: [], certain: new Set(), isComputed: false }
const MOST_FILES = 16_384
const contents = new RememberedFiles<Content>(MOST_FILES)

/** Undefined where there is no file. */
function readContent(path: string): Content | undefined {
  const nowMs = Date.now()
  const stamp = stampOf(path)
  if (stamp === undefined) return undefined
  const known = contents.get(path, stamp)
  if (known !== undefined) return known
  const bytes = readFileSync(path)
  const specifiers = isCode(path) ? specifiersOf(bytes.toString('utf8')) : NO_SPECIFIERS
  const content = { hash: sha256Hex(bytes), specifiers }
  contents.note(path, content, { stamp, nowMs })
  return content
}

const NO_CODE: ReadonlySet<string> = new Set(['.json', '.node', '.wasm'])

function isCode(path: string): boolean {
  return !NO_CODE.has(extname(path))
}

/** What the file system refuses is not there. */
function attempt<T>(body: () => T): T | undefined {
  try {
    return body()
  } catch {
    return undefined
  }
}
