import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './repository.ts'

export interface OtherNode {
  readonly path: string
  /** `[22, 18, 0]` */
  readonly version: readonly [major: number, minor: number, patch: number]
}

/**
 * The Nodes, beside the one that runs, on which everything must be the same: those of CACHEDICT_NODES, else those that
 * scripts/other-nodes.mjs installs.
 */
export function otherNodes(): readonly OtherNode[] {
  return paths()
    .filter(path => existsSync(path))
    .map(path => ({ path, version: versionOf(path) }))
}

/** The Node that runs. */
export const THIS_NODE: OtherNode = { path: process.execPath, version: numbers(process.version) }

/** Why a test that needs other Nodes is skipped: a title for it. */
export const WITHOUT_NODES = 'other Nodes are not installed: node scripts/other-nodes.mjs'

function paths(): readonly string[] {
  const given = process.env.CACHEDICT_NODES
  if (given !== undefined && given !== '') return given.split(':')
  return ['node22', 'node24'].map(name =>
    join(ROOT, 'node_modules/.cache/nodes/node_modules', name, 'bin/node'),
  )
}

function versionOf(path: string): OtherNode['version'] {
  return numbers(execFileSync(path, ['--version'], { encoding: 'utf8' }))
}

function numbers(version: string): OtherNode['version'] {
  const [, major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)/.exec(version)!
  return [Number(major), Number(minor), Number(patch)]
}
