import assert from 'node:assert/strict'
import { CACHE_ERROR_CODES } from '../../lib/base/errors.ts'
import { libFiles, textOf } from '../support/repository.ts'

describe('docs/reference/errors.md', () => {
  const sections = textOf('docs/reference/errors.md').split(/^## /m).slice(1)
  const headings = sections.map(section => section.split('\n', 1)[0] ?? '')
  const codes = Object.keys(CACHE_ERROR_CODES)

  it('has a heading for each code, in order, and no other', () => {
    assert.deepEqual(
      headings.filter(heading => heading.startsWith('ERR_')),
      [...codes].sort(),
    )
  })

  it('says of each what happened, what to do, and how it looks', () => {
    for (const section of sections.filter(text => text.startsWith('ERR_'))) {
      const name = section.split('\n', 1)[0]
      for (const part of ['**What happened.**', '**What to do.**', '```text\n']) {
        assert.ok(section.includes(part), `${name} lacks ${part}`)
      }
    }
  })

  it('and the library name no code that does not exist, and each one that does', () => {
    const pages = [...libFiles().filter(file => file !== 'lib/base/errors.ts'), 'docs/reference/errors.md']
    const named = new Set(pages.flatMap(page => textOf(page).match(/\bERR_CACHE_\w+/g) ?? []))
    assert.deepEqual([...named].sort(), [...codes].sort())
  })
})
