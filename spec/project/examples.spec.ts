import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { compiledProject, plainEnvironment } from '../support/program.ts'
import { filesBelow, textOf } from '../support/repository.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** A module in a page, and what the page says that it prints. */
interface Example {
  readonly line: number
  readonly language: string
  readonly code: string
  readonly output: string | undefined
}

/**
 * Every block of a page that is marked `ts` or `js` is a module. The modules of one page run one after another, each in
 * a process of its own, all in one folder with a cache folder of its own. What a block marked `text` says directly
 * after one is what it prints: `…` there stands for anything within a line, for times and the like. A block
 * marked `ts no-run` is not run.
 */
describe('The examples of', function () {
  this.timeout(120_000)
  const at = temporaryFolder()
  const pages = ['README.md', ...filesBelow('docs', path => path.endsWith('.md'))]

  for (const page of pages) {
    const examples = examplesOf(textOf(page))
    if (examples.length === 0) continue
    it(`${page} run, and print what the page says`, async () => {
      symlinkSync(join(compiledProject(), 'node_modules'), at('node_modules'))
      writeFileSync(at('package.json'), '{"name":"example","type":"module"}')
      mkdirSync(at('cache'))
      const env = { ...plainEnvironment(), CACHEDICT_DIR: at('cache') }
      for (const { line, code, output } of examples) {
        const file = at(`example-${line}.js`)
        writeFileSync(file, code)
        // One that starts others hands on how it was started itself: they may be TypeScript.
        const loader = code.includes('process.execArgv') ? [`--import=${TSX}`] : []
        const { stdout } = await run(process.execPath, [...loader, file], { cwd: at(), env, timeout: 30_000 })
        if (output !== undefined)
          assert.match(stdout.trimEnd(), patternOf(output), `${page}:${line} printed\n${stdout}`)
      }
    })
  }

  it('a page are found with what they print, and masks match within a line', () => {
    const page =
      '# A\n\n```ts\na()\n```\n\n```text\nx … y\n```\n\n```ts no-run\nb()\n```\n\n```js\nc()\n```\n\nText.\n\n```text\nno output\n```\n'
    const found = examplesOf(page)
    assert.deepEqual(
      found.map(({ line, output }) => ({ line, output })),
      [
        { line: 4, output: 'x … y' },
        { line: 16, output: undefined },
      ],
    )
    assert.match('x 12 ms y', patternOf('x … y'))
    assert.doesNotMatch('x 12\nms y', patternOf('x … y'))
    assert.doesNotMatch('x 12 ms y and more', patternOf('x … y'))
  })
})

function examplesOf(page: string): readonly Example[] {
  const blocks = [...page.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(match => ({
    kind: match[1] ?? '',
    text: match[2] ?? '',
    line: page.slice(0, match.index).split('\n').length + 1,
    end: match.index + match[0].length,
    start: match.index,
  }))
  return blocks.flatMap((block, index): Example[] => {
    if (block.kind !== 'ts' && block.kind !== 'js') return []
    const next = blocks[index + 1]
    const follows = next?.kind === 'text' && page.slice(block.end, next.start).trim() === ''
    const code = withoutTypes(block.text)
    return [
      { line: block.line, language: block.kind, code, output: follows ? next.text.trimEnd() : undefined },
    ]
  })
}

/** Nothing else of it is changed: a compiler that renames functions, as esbuild does, changes what a cache sees. */
function withoutTypes(code: string): string {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    verbatimModuleSyntax: true,
  }
  return ts.transpileModule(code, { compilerOptions }).outputText
}

function patternOf(output: string): RegExp {
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(`^${output.split('…').map(literal).join('.*')}$`)
}
