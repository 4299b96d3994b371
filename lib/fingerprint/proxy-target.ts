import { Inspector } from '../base/inspector.ts'

/** What a Proxy stands before, without asking it; undefined where that cannot be seen. */
export function proxyTarget(proxy: object): object | undefined {
  return Inspector.with(inspector => inspector.proxyOf(proxy))?.target
}
