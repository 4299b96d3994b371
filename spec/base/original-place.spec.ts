import assert from 'node:assert/strict'
import { originalPlace } from '../../lib/base/original-place.ts'
import { textOf } from '../support/repository.ts'

/** Where this runs, as V8 sees it. */
function whereItRuns(): { readonly url: string; readonly line: number; readonly column: number } {
  const { prepareStackTrace } = Error
  try {
    Error.prepareStackTrace = (_, sites) => sites
    // Set just now.
    const [site] = new Error('here').stack as unknown as readonly NodeJS.CallSite[]
    return { url: site!.getFileName()!, line: site!.getLineNumber()!, column: site!.getColumnNumber()! }
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
}

describe('originalPlace', () => {
  it('is the line of the file that was compiled', () => {
    const { url, line, column } = whereItRuns()
    const text = textOf('spec/base/original-place.spec.ts')
    const place = originalPlace(url, line - 1, column - 1)
    assert.match(place!.source, /spec\/base\/original-place\.spec\.ts$/)
    assert.equal(place!.line, text.slice(0, text.indexOf("new Error('here')")).split('\n').length)
    assert.notEqual(place!.line, line)
  })

  it('is unknown where there is no source map, no such place, and no script', () => {
    const { url } = whereItRuns()
    assert.equal(originalPlace('file:///no/such/file.mjs', 0, 0), undefined)
    assert.equal(originalPlace('node:fs', 0, 0), undefined)
    assert.equal(originalPlace('', 0, 0), undefined)
    assert.equal(originalPlace(url, -1, 0), undefined)
  })
})
