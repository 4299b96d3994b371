/** What the text that stands for a captured value tells of it, in a few words: a number as it is, of a string its length. */
export function renderDigest(digest: string): string {
  const length = /^s(\d+):/.exec(digest)?.[1]
  if (length !== undefined)
    return length === '1' ? 'a string of 1 character' : `a string of ${length} characters`
  // Of what some properties are not compared: the rest.
  const rest = /^~([^~]+)~/.exec(digest)?.[1]
  if (rest !== undefined) return renderDigest(rest)
  if (digest.startsWith('#')) return 'an object'
  if (digest.startsWith('proxy(')) return 'a Proxy'
  if (/^(?:symbol|registered):/.test(digest)) return 'a symbol'
  // Numbers, and whatever else says everything about itself.
  return WORDS[digest] ?? digest
}

const WORDS: Readonly<Record<string, string | undefined>> = {
  '': 'nothing',
  '~': 'what evaluating changes',
  changes: 'an object that the function changes',
  opaque: 'something that cannot be looked into',
  revoked: 'a revoked Proxy',
}
