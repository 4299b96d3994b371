import assert from 'node:assert/strict'
import { posix } from 'node:path'
import ts from 'typescript'
import { libFiles, textOf } from '../support/repository.ts'

/** The folders of lib/, from the ground up. What stands on a floor may import what stands below it, types included. */
const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['files', 'codec', 'keys', 'config', 'events'],
  ['fingerprint', 'stores'],
  ['entries'],
  ['cache'],
  ['inspect'],
  ['cli', 'web'],
]

/** Which of our files may name a package. Whatever is not here is a new dependency: think first. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@msgpack/msgpack': ['lib/codec/messagepack.ts', 'lib/entries/entry.ts'],
  acorn: ['lib/base/', 'lib/codec/private-fields.ts', 'lib/fingerprint/normal-form/', 'lib/keys/'],
  diff: ['lib/cache/why/source-diff.ts'],
  'env-paths': ['lib/config/'],
  immer: ['lib/cache/update.ts'],
  'lru-cache': ['lib/cache/memory-tier.ts'],
  lmdb: ['lib/stores/lmdb/engine.ts'],
  'write-file-atomic': ['lib/files/atomic-write.ts'],
}

/** What of node:fs changes, locks or syncs a file in place. Making a folder of one's own is not among it. */
const WRITING =
  /^(write\w*|append\w*|rename\w*|f(data)?sync\w*|f?truncate\w*|unlink\w*|rm\w*|cp\w*|copyFile\w*|link\w*|symlink\w*|open|openSync|promises|createWriteStream|f?chmod\w*|f?chown\w*|l?utimes\w*)$/

/** Why elsewhere. */
const WRITING_ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Opened to be read.
  'lib/stores/file/dictionary-file.ts': ['openSync'],
  // The database is LMDB's; what lies beside it is made, moved aside and vouched for here.
  'lib/stores/lmdb/compaction.ts': ['renameSync'],
  'lib/stores/lmdb/environment.ts': ['openSync', 'writeFileSync'],
  'lib/stores/lmdb/home.ts': ['openSync', 'renameSync'],
  'lib/stores/lmdb/large-values.ts': ['fdatasyncSync', 'openSync', 'promises', 'renameSync', 'writeSync'],
  'lib/stores/lmdb/stamp.ts': ['openSync', 'rmSync', 'writeSync'],
  // The tag of a cache folder that was created just now: config/ stands beside files/, and cannot reach it.
  'lib/config/cache-dir.ts': ['writeFileSync'],
}

interface Import {
  readonly from: string
  readonly specifier: string
  /** What is imported by name: for `import fs from`, and for a whole namespace, `*`. */
  readonly names: readonly string[]
}

describe('The floors of lib/', () => {
  const files = libFiles()
  const imports = files.flatMap(importsOf)
  const own = imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ from, specifier }) => ({ from, to: posix.join(posix.dirname(from), specifier) }))

  it('are all known', () => {
    const unknown = files.filter(file => file !== 'lib/index.ts' && floorOf(file) === -1)
    assert.deepEqual(unknown, [])
  })

  it('import downward only, types included', () => {
    const wrong = own.filter(({ from, to }) => !mayImport(from, to)).map(arrow)
    assert.deepEqual(wrong, [])
  })

  it('have no file that imports itself by way of others', () => {
    assert.deepEqual(circles(own), [])
  })

  it('are imported from outside through index.ts, which nobody inside imports', () => {
    assert.deepEqual(own.filter(({ to }) => to === 'lib/index.ts').map(arrow), [])
  })

  it('name packages only where they belong', () => {
    const named = imports.filter(({ specifier }) => !/^(\.|node:)/.test(specifier))
    const wrong = named.filter(
      ({ from, specifier }) => !PACKAGES[specifier]?.some(place => from.startsWith(place)),
    )
    assert.deepEqual(
      wrong.map(({ from, specifier }) => `${from} → ${specifier}`),
      [],
    )
  })

  it('change, sync and lock files in files/ only', () => {
    const wrong = imports
      .filter(
        ({ from, specifier }) => /^node:fs(\/promises)?$/.test(specifier) && !from.startsWith('lib/files/'),
      )
      .flatMap(({ from, names }) => names.map(name => ({ from, name })))
      .filter(
        ({ from, name }) => (name === '*' || WRITING.test(name)) && !WRITING_ALLOWED[from]?.includes(name),
      )
      .map(({ from, name }) => `${from} → ${name}`)
    assert.deepEqual(wrong, [])
  })

  it('read the environment in config/ and cli/ only', () => {
    const reading = files.filter(file => readsProperty(file, 'process', 'env'))
    assert.deepEqual(
      reading.filter(file => !/^lib\/(config|cli)\//.test(file)),
      [],
    )
  })

  it('open the inspector in one file', () => {
    const opening = imports
      .filter(({ specifier }) => /^node:inspector/.test(specifier))
      .map(({ from }) => from)
    assert.ok(new Set(opening).size <= 1, `these do: ${opening.join(', ')}`)
  })

  it('would notice an upward arrow, a sideways one, and a circle', () => {
    assert.equal(mayImport('lib/base/a.ts', 'lib/files/b.ts'), false)
    assert.equal(mayImport('lib/codec/a.ts', 'lib/keys/b.ts'), false)
    assert.equal(mayImport('lib/cache/a.ts', 'lib/entries/b.ts'), true)
    const arrows = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'a' },
    ]
    assert.deepEqual(circles(arrows), ['a → b → c → a'])
  })
})

function floorOf(file: string): number {
  const folder = file.split('/')[1] ?? ''
  return FLOORS.findIndex(floor => floor.includes(folder))
}

function mayImport(from: string, to: string): boolean {
  if (from === 'lib/index.ts') return true
  const isNeighbour = from.split('/')[1] === to.split('/')[1]
  return isNeighbour || floorOf(to) < floorOf(from)
}

function arrow({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} → ${to}`
}

/** Static imports and re-exports, `import()` and `require()` of a literal, `import()` in types; all of them. */
function importsOf(from: string): readonly Import[] {
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined
    ) {
      found.push({ from, specifier: (node.moduleSpecifier as ts.StringLiteral).text, names: namesOf(node) })
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ from, specifier: (node.argument.literal as ts.StringLiteral).text, names: [] })
    } else if (
      ts.isCallExpression(node) &&
      node.arguments[0] !== undefined &&
      ts.isStringLiteral(node.arguments[0])
    ) {
      if (isLoading(node.expression)) found.push({ from, specifier: node.arguments[0].text, names: ['*'] })
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(from))
  return found
}

/** `import(…)`, and whatever `createRequire` gave: `createRequire(…)(…)`, or a name that says so. */
function isLoading(called: ts.Expression): boolean {
  if (called.kind === ts.SyntaxKind.ImportKeyword) return true
  if (ts.isIdentifier(called)) return /^(require|load\w*)$/.test(called.text)
  return ts.isCallExpression(called) && called.expression.getText() === 'createRequire'
}

function namesOf(node: ts.ImportDeclaration | ts.ExportDeclaration): readonly string[] {
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause
    return clause !== undefined && ts.isNamedExports(clause)
      ? clause.elements.map(element => (element.propertyName ?? element.name).text)
      : ['*']
  }
  const clause = node.importClause
  if (clause === undefined) return []
  const bindings = clause.namedBindings
  return [
    ...(clause.name === undefined ? [] : ['*']),
    ...(bindings === undefined
      ? []
      : ts.isNamespaceImport(bindings)
        ? ['*']
        : bindings.elements.map(element => (element.propertyName ?? element.name).text)),
  ]
}

/** Whether the code (no comment, no string) says `object.property`. */
function readsProperty(file: string, object: string, property: string): boolean {
  let reads = false
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === property &&
      node.expression.getText() === object
    )
      reads = true
    ts.forEachChild(node, visit)
  }
  visit(parse(file))
  return reads
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true)
}

/** One circle for each that a search from every file meets first. */
function circles(arrows: readonly { readonly from: string; readonly to: string }[]): readonly string[] {
  const next = new Map<string, Set<string>>()
  for (const { from, to } of arrows) next.set(from, (next.get(from) ?? new Set()).add(to))
  const found: string[] = []
  const done = new Set<string>()
  const search = (at: string, path: readonly string[]): void => {
    if (path.includes(at)) found.push([...path.slice(path.indexOf(at)), at].join(' → '))
    if (path.includes(at) || done.has(at)) return
    for (const to of next.get(at) ?? []) search(to, [...path, at])
    done.add(at)
  }
  for (const from of next.keys()) search(from, [])
  return found
}
