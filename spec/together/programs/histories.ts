// node histories.js <store> <log> <writer> <seed>
// Does random things to a store for ever. Logs, in microseconds of the machine's monotonic clock:
//   begin <tag> <key> <from> | sure <tag> <to> | never <tag>     a write (of a deletion too); its tag is <writer>:<seq>
//   read <key> <tag or -> <from> <to>                              what was there at some moment in between
//   fact <key> | call <n>                                          kept for good, by what it was told
//   op <from> <to>                                                 anything at all
// Whatever is wrong goes to stderr.
import { openSync, writeSync } from 'node:fs'
import { type CacheDict, decorate, withCache } from 'cachedict'

const [path = '', logFile = '', writer = '', seed = '0'] = process.argv.slice(2)
const log = openSync(logFile, 'a')
const say = (line: string) => writeSync(log, `${line}\n`)
const now = () => Number(process.hrtime.bigint() / 1000n)

let state = Number(seed)
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

/** Tells by itself what it is: where it lies, who wrote it and as the how-many-th. */
interface Value {
  readonly key: string
  readonly tag: string
  more: string
}
const KEYS = 10
const SIZES = [0, 10, 100, 3_000, 40_000, 70_000]
const fillingOf = (tag: string) => {
  const seq = Number(tag.split(':')[1])
  return String.fromCharCode(97 + (seq % 26)).repeat(SIZES[seq % 13] ?? 20)
}
let seq = 0
const nextTag = () => {
  seq += 1
  return `${writer}:${seq}`
}
const makeValue = (key: string, tag: string): Value => ({ key, tag, more: fillingOf(tag) })
/** The tag, once the value has been looked at. */
const tagOf = (key: string, value: Value | undefined): string => {
  if (value === undefined) return '-'
  if (value.key !== key || value.more !== fillingOf(value.tag))
    console.error(`wrong: ${key} holds ${value.key} ${value.tag}`)
  return value.tag
}
const pureOf = (n: number) => ({ n, text: `${n}.`.repeat(n % 7 === 0 ? 12_000 : n % 50) })
const checkPure = (n: number, value: { n: number; text: string }) => {
  if (value.n !== n || value.text !== pureOf(n).text) console.error(`wrong: call ${n} gave ${value.n}`)
}

/** Of the decorated register: the tag of the evaluation that is under way, by argument. */
const evaluating = new Map<number, string>()
const register = decorate(
  async (n: number): Promise<Value> => {
    const tag = evaluating.get(n) ?? nextTag()
    if (!evaluating.has(n)) say(`begin ${tag} r${n} ${now()}`)
    return makeValue(`r${n}`, tag)
  },
  // It captures who writes here, and which log is its own.
  { name: 'register', path, code: 'own' },
)
const calls = decorate((n: number) => pureOf(n), { name: 'calls', path })
const later = decorate(async (n: number) => pureOf(n), { name: 'later', path })

async function block(): Promise<void> {
  const discards = random(3) === 0
  const fails = discards && random(2) === 0
  let open: string[] = []
  let from = now()
  try {
    await withCache<Value, string>(
      path,
      'rew',
      async dict => {
        let to = now()
        let own = new Set<string>()
        for (let left = 1 + random(8); left > 0; left -= 1) {
          const key = `k${random(KEYS)}`
          const act = random(12)
          if (act < 5) {
            if (!own.has(key)) say(`read ${key} ${tagOf(key, dict.get(key))} ${from} ${to}`)
          } else if (act < 10) {
            // A second one of a key in one block replaces the first before anybody sees it: it is none of its own.
            if (own.has(key)) continue
            own.add(key)
            const tag = nextTag()
            say(`begin ${tag} ${key} ${now()}${act === 9 ? ' delete' : ''}`)
            if (change(dict, key, act, tag)) open.push(tag)
            else say(`never ${tag}`)
          } else if (act === 10) {
            await fact(dict)
          } else {
            const flushed = now()
            await dict.flush()
            from = flushed
            to = now()
            for (const tag of open) say(`sure ${tag} ${to}`)
            open = []
            own = new Set()
          }
        }
        if (fails) throw new Error('on purpose')
      },
      { onError: discards ? 'discard' : 'keep' },
    )
    const to = now()
    for (const tag of open) say(`sure ${tag} ${to}`)
  } catch (error) {
    if (!fails || (error as Error).message !== 'on purpose') throw error
    for (const tag of open) say(`never ${tag}`)
  }
}

/** Whether it changes anything: what the block does not see cannot be deleted in it. */
function change(dict: CacheDict<Value, string>, key: string, act: number, tag: string): boolean {
  if (act === 9) return dict.delete(key)
  if (act === 8) dict.update(key, () => makeValue(key, tag))
  else dict.set(key, makeValue(key, tag))
  return true
}

async function fact(dict: CacheDict<Value, string>): Promise<void> {
  const tag = nextTag()
  const key = `f${tag}`
  if (random(2) === 0) dict.evaluate(key, () => makeValue(key, tag))
  else await dict.evaluate(key, async () => makeValue(key, tag))
  say(`fact ${key}`)
}

async function refresh(n: number): Promise<void> {
  const tag = nextTag()
  say(`begin ${tag} r${n} ${now()}`)
  evaluating.set(n, tag)
  const value = await register.refresh(n)
  evaluating.delete(n)
  if (value.tag !== tag) console.error(`refresh gave ${value.tag} for ${tag}`)
  say(`sure ${tag} ${now()}`)
}

async function recall(n: number): Promise<void> {
  const from = now()
  const value = await register(n)
  const tag = tagOf(`r${n}`, value)
  const to = now()
  // Its own evaluation, where it missed, was a write that is kept by now.
  if (tag.startsWith(`${writer}:`) && Number(tag.split(':')[1]) > lastKnown) say(`sure ${tag} ${to}`)
  else say(`read r${n} ${tag} ${from} ${to}`)
}
let lastKnown = 0

console.log('running')
for (;;) {
  const from = now()
  lastKnown = seq
  const act = random(20)
  const n = random(150)
  if (act < 8) await block()
  else if (act < 10) await refresh(random(3))
  else if (act < 14) await recall(random(3))
  else if (act < 17) {
    checkPure(n, calls(n))
    say(`call calls ${n}`)
  } else {
    checkPure(n, await later(n))
    say(`call later ${n}`)
  }
  say(`op ${from} ${now()}`)
}
