import nodeAssert from 'node:assert/strict'
import { assert, loadAssert } from '../../../lib/stores/contract/assert.ts'

describe('loadAssert', () => {
  it("makes Node's own strict assertions available", () => {
    loadAssert()
    nodeAssert.equal(assert, nodeAssert)
  })
})
