import { loadPackage } from './load-package.ts'

let loaded: typeof import('acorn') | undefined

/** acorn, loaded on first use: it takes as long as the rest of the package. Throws ERR_CACHE_PACKAGE. */
export function acorn(): typeof import('acorn') {
  loaded ??= loadPackage('acorn') as typeof import('acorn')
  return loaded
}

/** The newest syntax that the pinned acorn knows, with what is valid only inside a class let through. */
export const PARSE_OPTIONS = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  checkPrivateFields: false,
  allowSuperOutsideMethod: true,
  allowAwaitOutsideFunction: true,
  allowReserved: true,
} as const
