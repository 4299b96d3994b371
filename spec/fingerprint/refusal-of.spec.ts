import assert from 'node:assert/strict'
import { readCode } from '../../lib/fingerprint/read-code.ts'

class Service {
  url = 'a'
  arrow = () => this.url
  later = async (_n: number) => this.url
  method(): string {
    return this.url
  }
  nested(): () => string {
    return () => this.url
  }
  nested2 = [() => this.url]
}

class Derived extends Service {
  override method(): string {
    return super.method()
  }
}

const refusal = (fn: (...args: never[]) => unknown) => readCode(fn, 'deep').refusal

describe('The refusal of a function', () => {
  const service = new Service()

  it('is for an arrow function that uses the `this` around it', () => {
    assert.match(refusal(service.arrow) ?? '', /^arrow is an arrow function that uses the `this`/)
    assert.match(refusal(service.later) ?? '', /cannot be seen/)
    assert.ok(refusal(service.nested()) !== undefined)
  })

  it('is for what reaches one by its name', () => {
    const { arrow } = service
    assert.match(refusal(() => arrow()) ?? '', /the function > arrow is an arrow/)
  })

  it('is not for one that lies in a captured object, which counts by content', () => {
    assert.equal(
      refusal(() => service.arrow()),
      undefined,
    )
    assert.equal(
      refusal(() => service.nested2[0]?.()),
      undefined,
    )
  })

  it('is not for methods, also not with super', () => {
    assert.equal(refusal(service.method), undefined)
    assert.equal(refusal(Derived.prototype.method), undefined)
  })

  it('is not for arrows without a `this`, nor for functions with their own', () => {
    assert.equal(
      refusal((a = (b: number) => b) => a(1)),
      undefined,
    )
    assert.equal(
      refusal(function (this: Service) {
        return () => this.url
      }),
      undefined,
    )
  })
})
