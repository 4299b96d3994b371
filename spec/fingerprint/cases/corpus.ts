import { CALLEES } from './callees.ts'
import { CAPTURED_STATE } from './captured-state.ts'
import type { Case } from './case.ts'
import { CLASSES } from './classes.ts'
import { DYNAMIC } from './dynamic.ts'
import { LAYOUT } from './layout.ts'
import { OWN_BODY } from './own-body.ts'
import { PACKAGES } from './packages.ts'
import { VALUES } from './values.ts'

/** Every case that is a program before and after an edit. */
export const CORPUS: readonly Case[] = [
  ...OWN_BODY,
  ...LAYOUT,
  ...CALLEES,
  ...VALUES,
  ...CLASSES,
  ...DYNAMIC,
  ...PACKAGES,
  ...CAPTURED_STATE,
]
