// Installs the other Nodes that specs compare fingerprints on, beside the package's own dependencies: they are no part of
// package.json, because they are 250 MB that nobody needs who only changes a line. The packages hold one program each and
// run no script.
import { execFileSync } from 'node:child_process'

const VERSIONS = { node22: '22.23.3', node24: '24.21.0' }

const platform = process.platform === 'win32' ? 'win' : process.platform
const packages = Object.entries(VERSIONS).map(
  ([name, version]) => `${name}@npm:node-${platform}-${process.arch}@${version}`,
)
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline']
execFileSync(npm, ['install', '--prefix', 'node_modules/.cache/nodes', ...quiet, ...packages], {
  stdio: 'inherit',
})
