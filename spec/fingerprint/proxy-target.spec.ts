import assert from 'node:assert/strict'
import { proxyTarget } from '../../lib/fingerprint/proxy-target.ts'

describe('proxyTarget', () => {
  it('gives what a Proxy stands before, without asking it', () => {
    const target = { a: 1 }
    const bomb = () => {
      throw new Error('ran')
    }
    assert.equal(proxyTarget(new Proxy(target, { get: bomb, ownKeys: bomb, getPrototypeOf: bomb })), target)
    assert.equal(proxyTarget(new Proxy(target, new Proxy({}, { get: bomb }))), target)
  })

  it('gives nothing of one that is revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    assert.equal(proxyTarget(proxy), undefined)
  })
})
