import { isBuiltin } from 'node:module'
import { isObject } from '../base/is-object.ts'
import { inheritedValue, ownValue } from '../base/own-value.ts'
import { formOf } from './form-of.ts'
import { lookUp } from './look-up.ts'
import { moduleGraph } from './module-graph.ts'
import { packageOf, pathOf } from './packages.ts'
import { urlOf } from './place-of.ts'
import type { Reached, Register } from './reached.ts'
import { targetOf } from './resolve.ts'
import { resolveSpecifier } from './resolve-specifier.ts'

/** What the body of a function requires and imports by name: what is loaded counts as it is, the rest by its files. */
export function describeImports(reached: Reached, register: Register): string {
  const { requires, imports } = formOf(reached.fn)
  if (requires.length === 0 && imports.length === 0) return ''
  const described = [
    ...requires.map(name => ['require', name, name && describeRequired(name, reached, register)]),
    ...imports.map(name => ['import', name, name && describeImported(name, reached, register)]),
  ]
  let text = ''
  for (const [how, name, what] of described) {
    if (name === undefined) register.note('dynamic-import', `${reached.path} > ${how}`)
    else text += `\n${how} ${JSON.stringify(name)} ${what}`
  }
  return text
}

function describeRequired(name: string, reached: Reached, register: Register): string {
  if (isBuiltin(name)) return name
  const found = lookUp('require', reached.inside)
  const require = 'value' in found ? found.value : undefined
  const file = isObject(require) ? resolved(inheritedValue(require, 'resolve'), name) : undefined
  if (file === undefined) return unresolved(name, reached, register)
  const cache = isObject(require) ? ownValue(require, 'cache') : undefined
  const module = isObject(cache) ? inheritedValue(cache, file) : undefined
  if (!isObject(module)) return describeFile(file, reached, register)
  const read = () => ownValue(module, 'exports')
  return describePackage(file) ?? register.textOf(targetOf(read(), name, read), reached)
}

function describeImported(name: string, reached: Reached, register: Register): string {
  if (isBuiltin(name)) return name
  const url = urlOf(reached.inside.location?.scriptId ?? '', register.inspector)
  const { files, packages } = url === '' ? NOWHERE : resolveSpecifier(name, pathOf(url))
  if (files.length + packages.length === 0) return unresolved(name, reached, register)
  return [...packages, ...files.map(file => describeFile(file, reached, register))].join(' ')
}

const NOWHERE = { files: [], packages: [] }

function resolved(resolve: unknown, name: string): string | undefined {
  if (typeof resolve !== 'function') return undefined
  try {
    return String(resolve(name))
  } catch {
    // Its absence is what counts then.
    return undefined
  }
}

function unresolved(name: string, { path }: Reached, register: Register): string {
  register.note('dynamic-import', `${path} > ${name}`)
  return '<unresolved>'
}

function describeFile(file: string, { path }: Reached, register: Register): string {
  const named = describePackage(file)
  if (named !== undefined) return named
  const { hash, findings } = moduleGraph(file)
  for (const each of findings) register.note('unreadable', `${path} > ${each}`)
  return hash
}

function describePackage(file: string): string | undefined {
  const found = packageOf(file)
  return found && `${found.name}@${found.version}`
}
