import type { Access } from 'cachedict'

/** Every access, in each order of its flags, under its usual spelling. */
export const ACCESS_ORDERS = {
  r: ['r'],
  e: ['e'],
  w: ['w'],
  re: ['re', 'er'],
  rw: ['rw', 'wr'],
  ew: ['ew', 'we'],
  rew: ['rew', 'rwe', 'erw', 'ewr', 'wre', 'wer'],
} as const satisfies Record<string, readonly Access[]>
