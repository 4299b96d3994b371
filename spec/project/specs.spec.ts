import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { libFiles, ROOT, textOf } from '../support/repository.ts'

describe('Every file of lib/ that does something', () => {
  it('has its spec at the same place in spec/', () => {
    const lacking = libFiles()
      .filter(file => file !== 'lib/index.ts' && doesSomething(textOf(file)))
      .map(file => file.replace(/^lib/, 'spec').replace(/\.ts$/, '.spec.ts'))
      .filter(spec => !existsSync(join(ROOT, spec)))
    assert.deepEqual(lacking, [])
  })

  it('is told from one that only names types', () => {
    assert.equal(
      doesSomething('export interface A {}\nexport type B = A\nexport type { C } from "./c.ts"'),
      false,
    )
    for (const text of [
      'export const a = 1',
      'export function f() {}',
      'export class A {}',
      'export { a } from "./a.ts"',
    ]) {
      assert.equal(doesSomething(text), true, text)
    }
  })
})

/** Whether anything of a module is left when its types are gone. */
function doesSomething(text: string): boolean {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, removeComments: true },
  })
  return outputText.replace(/export \{\};/, '').trim() !== ''
}
