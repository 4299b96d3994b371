import { emptyError, strip } from './error-values.ts'
import { ERROR_CLASSES, EXTENSION, Extension } from './extensions.ts'
import { raiseBuffer, raiseView, raiseViewOn } from './raise-binary.ts'
import { instanceShell } from './raise-instance.ts'
import {
  countAt,
  damaged,
  expectSize,
  isMarker,
  type Marker,
  type Raising,
  resolve,
  textAt,
} from './raising.ts'

/** Whether `entry` is a view of a buffer that is an entry of its own. */
export function isWaitingView(entry: unknown): boolean {
  return Array.isArray(entry) && isMarker(entry) && entry[0].type === EXTENSION.VIEW_ON
}

/** The object that a marker stands for, without those contents that may lead back to it. */
export function shellOf(raising: Raising, node: Marker): object {
  switch (node[0].type) {
    case EXTENSION.ARRAY:
      return []
    case EXTENSION.NULL_PROTOTYPE:
      return Object.create(null) as object
    case EXTENSION.OBJECT:
      return {}
    case EXTENSION.MAP:
      return new Map()
    case EXTENSION.SET:
      return new Set()
    case EXTENSION.REGEXP:
      return raiseRegExp(node)
    case EXTENSION.BOXED:
      return raiseBoxed(raising, node)
    case EXTENSION.URL:
      expectSize(node, 2)
      return new URL(textAt(node, 1))
    case EXTENSION.URL_SEARCH_PARAMS:
      expectSize(node, 2)
      return new URLSearchParams(textAt(node, 1))
    case EXTENSION.ARRAY_BUFFER:
      return raiseBuffer(raising, node)
    case EXTENSION.VIEW:
      return raiseView(raising, node)
    case EXTENSION.VIEW_ON:
      return raiseViewOn(raising, node)
    case EXTENSION.ERROR:
      return raiseError(node)
    case EXTENSION.DOM_EXCEPTION:
      return strip(new DOMException(textAt(node, 1), textAt(node, 2)))
    case EXTENSION.INSTANCE:
      return instanceShell(node)
    default:
      throw damaged(`marker ${node[0].type} is none of ours, or not here`)
  }
}

function raiseRegExp(node: Marker): RegExp {
  expectSize(node, 4)
  const regExp = new RegExp(textAt(node, 1), textAt(node, 2))
  const lastIndex = node[3] instanceof Extension && node[3].type === EXTENSION.NEGATIVE_ZERO ? -0 : node[3]
  if (typeof lastIndex !== 'number') throw damaged('a lastIndex is missing')
  regExp.lastIndex = lastIndex
  return regExp
}

function raiseBoxed(raising: Raising, node: Marker): object {
  expectSize(node, 2)
  const primitive = node[1] instanceof Extension ? resolve(raising, node[1]) : node[1]
  if (!['string', 'number', 'boolean', 'bigint'].includes(typeof primitive)) throw damaged('a box is damaged')
  return Object(primitive) as object
}

function raiseError(node: Marker): object {
  const cls = ERROR_CLASSES[countAt(node, 1)]
  if (cls === undefined) throw damaged('an error class is none of ours')
  return emptyError(cls)
}
