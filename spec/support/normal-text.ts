import assert from 'node:assert/strict'
import { normalFormOf, renderNormalForm } from '../../lib/fingerprint/normal-form/normal-form.ts'

/** The normal text of a function with the free names themselves in its holes, its own name as nothing. */
export function normalText(source: string): string {
  return renderNormalForm(normalFormOf(source), ({ name, isSelf }) => ({
    text: isSelf ? '' : name,
    consumed: 0,
  }))
}

/** Sources with one normal text, and it is not their source. */
export function assertSame(first: string, ...others: readonly string[]): void {
  assert.notEqual(normalFormOf(first).kind, 'text', first)
  for (const other of others) assert.equal(normalText(other), normalText(first), `${first}  and  ${other}`)
}

/** Sources with normal texts of their own, all of which can be parsed. */
export function assertDifferent(...sources: readonly string[]): void {
  const known = new Map<string, string>()
  for (const source of sources) {
    assert.notEqual(normalFormOf(source).kind, 'text', source)
    const text = normalText(source)
    assert.equal(known.get(text), undefined, `${source}  has the text of  ${known.get(text)}: ${text}`)
    known.set(text, source)
  }
}
