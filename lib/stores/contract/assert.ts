import type nodeAssert from 'node:assert/strict'

/** There when the first claim runs: only who runs the contract pays for loading it. */
export let assert: typeof nodeAssert

export function loadAssert(): void {
  assert ??= process.getBuiltinModule('node:assert/strict')
}
