import assert from 'node:assert/strict'
import { Session } from 'node:inspector'
import { InspectorBridge } from '../../lib/base/inspector-bridge.ts'

describe('InspectorBridge', () => {
  it('hands objects over, and gets them back with their identity', () => {
    const objects = [{ a: 1 }, () => 2, new Proxy({}, {})]
    const back = InspectorBridge.with(bridge => {
      const ids = bridge.idsOf(objects).map(objectId => ({ objectId: objectId ?? '' }))
      return bridge.fetch([...ids, { value: 7 }, { unserializableValue: '5n' }])
    })
    assert.equal(back?.length, 5)
    for (const [i, object] of objects.entries()) assert.equal(back[i], object)
    assert.deepEqual(back.slice(3), [7, 5n])
  })

  it('answers at once, and gives nothing for what the inspector refuses', () => {
    const answers = InspectorBridge.with(bridge => [
      bridge.post<{ result: { value: number } }>('Runtime.evaluate', { expression: '1 + 1' })?.result.value,
      bridge.post('Nobody.knows'),
      bridge.propertiesOf('no id'),
    ])
    assert.deepEqual(answers, [2, undefined, undefined])
  })

  it('closes its session, however the work ends, and leaves nothing on its class', () => {
    const keys = Reflect.ownKeys(Session.prototype)
    let kept: InspectorBridge | undefined
    assert.throws(
      () =>
        InspectorBridge.with(bridge => {
          kept = bridge
          throw new RangeError('on purpose')
        }),
      RangeError,
    )
    assert.throws(() => kept?.post('Runtime.evaluate', { expression: '1' }), {
      code: 'ERR_INSPECTOR_NOT_CONNECTED',
    })
    assert.deepEqual(Reflect.ownKeys(Session.prototype), keys)
  })

  it('listens while it works', () => {
    const heard: string[] = []
    InspectorBridge.with(bridge => {
      const listener = ({ params }: { params: { url: string } }) => heard.push(params.url)
      bridge.listen('Debugger.scriptParsed', listener as (message: never) => void, () => {
        bridge.post('Debugger.enable')
        bridge.post('Debugger.disable')
      })
      const { length } = heard
      bridge.post('Debugger.enable')
      bridge.post('Debugger.disable')
      assert.equal(heard.length, length)
    })
    assert.ok(heard.length > 0)
  })
})
