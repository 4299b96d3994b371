/** Why a call did not hit, with the words for it. The order is the one in which a verdict looks. */
export const REASONS = {
  unkeyable: 'an argument, or something that the function uses, has no stable identity',
  'not-readable': 'the access does not allow reading',
  absent: 'nothing is kept for this call',
  evicted: 'what was kept was removed to make room',
  corrupt: 'what was kept is damaged',
  'another-function': 'what is kept was made by another function',
  'code-changed': 'the code of the function is not what it was',
  'version-changed': 'the version option is not what it was',
  'dependency-changed': 'something that the result depends on is not what it was',
  expired: 'what was kept has expired',
  rejected: 'what was kept was not accepted',
} as const

export type Reason = keyof typeof REASONS
