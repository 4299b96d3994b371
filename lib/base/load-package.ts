import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CacheError } from './errors.ts'

/**
 * The package, or module of Node, called `name`, loaded on first use: importing this package costs nothing for it. It is
 * looked for from the file that this code runs in, which may be a bundle. Throws ERR_CACHE_PACKAGE where it is not found,
 * and what it throws itself where it cannot be loaded.
 */
export function loadPackage(name: string): unknown {
  try {
    return requireHere()(name)
  } catch (error) {
    // Where it is missing, that says more.
    packagePath(name)
    throw error
  }
}

/** The file that `loadPackage(name)` loads. Throws ERR_CACHE_PACKAGE. */
export function packagePath(name: string): string {
  try {
    return requireHere().resolve(name)
  } catch (cause) {
    throw new CacheError(
      'ERR_CACHE_PACKAGE',
      `cachedict needs the package ${name}, and it is not found from ${here()}. Run npm install; or, if that file is a ` +
        'bundle, build it with esbuild --packages=external and keep node_modules where it runs.',
      { details: { package: name, from: here() }, cause },
    )
  }
}

/**
 * The file that a program's packages are looked for from: where `url`, its `import.meta.url`, is missing, as in a bundle
 * made into CommonJS, that bundle itself (`file`), else the main script, else the working directory.
 */
export function startOf(
  url: string | undefined,
  file: string | undefined,
  { script, cwd }: { readonly script: string | undefined; readonly cwd: string },
): string {
  if (url?.startsWith('file:') === true) return fileURLToPath(url)
  for (const path of [file, script]) if (path !== undefined && isAbsolute(path)) return path
  return join(cwd, 'index.js')
}

let start: string | undefined
let required: NodeJS.Require | undefined

function here(): string {
  start ??= startOf(import.meta.url, typeof __filename === 'string' ? __filename : undefined, {
    script: process.argv[1],
    cwd: process.cwd(),
  })
  return start
}

// Made when first needed: a bundle for which it cannot be made must start all the same.
function requireHere(): NodeJS.Require {
  required ??= createRequire(here())
  return required
}
