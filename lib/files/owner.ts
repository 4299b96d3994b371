import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { threadId } from 'node:worker_threads'
import { errno } from './errno.ts'

const OWNER = /^\d+\.\w*\.\w*\.\d+\.\w+$/

/**
 * Names one holder of something (a lock, a block) so that any process of this machine can tell whether it still lives:
 * process id, when its thread started, the boot, the thread, and a nonce that no other holder ever has.
 */
export function newOwner(): string {
  holders += 1
  return `${ownThread()}.${NONCE}${holders.toString(36)}`
}

/** Whether `text` is the name of an owner at all. */
export function isOwner(text: string): boolean {
  return OWNER.test(text)
}

/** Whether `owner` is of this very thread: it will not let go while this thread waits. */
export function isOfThisThread(owner: string): boolean {
  return owner.startsWith(`${ownThread()}.`)
}

/**
 * Whether the process (on Linux: the thread) that `owner` names still runs. An id that was given away again counts as
 * dead, and so does a zombie. What names no owner is dead; whoever cannot be seen but may run is alive.
 */
export function isAlive(owner: string): boolean {
  const [pidText = '', start = '', boot = '', thread = ''] = owner.split('.')
  const pid = Number(pidText)
  if (!Number.isSafeInteger(pid) || pid <= 0 || differ(boot, bootId())) return false
  const startNow = startOf(pid, thread)
  return startNow !== undefined && !differ(start, startNow)
}

/** Whether the thread that `owner` names is stopped (SIGSTOP, a debugger). False where nobody can tell: Linux only. */
export function isStopped(owner: string): boolean {
  const [pid = '', , , thread = ''] = owner.split('.')
  const state = isAlive(owner) ? statFields(Number(pid), thread)?.[0] : undefined
  return state === 'T' || state === 't'
}

const NONCE = randomBytes(6).toString('hex')
let holders = 0
let thisThread: string | undefined
let thisBoot: string | undefined

function ownThread(): string {
  if (thisThread === undefined) {
    const thread = systemThread()
    thisThread = [process.pid, startOf(process.pid, thread) ?? '', bootId(), thread].join('.')
  }
  return thisThread
}

/** Nothing is known to differ from what is not known. */
function differ(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b
}

function bootId(): string {
  thisBoot ??= readText('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? ''
  return thisBoot
}

/** The system's own id of this thread, where it tells: a worker that was terminated is then seen to be dead. */
function systemThread(): string {
  const link = seen(() => readlinkSync('/proc/thread-self'))
  return link === undefined ? String(threadId) : link.slice(link.lastIndexOf('/') + 1)
}

/** When this thread of `pid` started, in the system's own words; undefined if it does not run; '' if nobody can say. */
function startOf(pid: number, thread: string): string | undefined {
  if (process.platform === 'linux') {
    const fields = statFields(pid, thread)
    if (fields === undefined) return isHidden(pid) ? '' : undefined
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '')
  }
  if (!runs(pid)) return undefined
  if (process.platform === 'win32') return ''
  try {
    // In one language and one time zone: every process must read the same words.
    const ps = ['LC_ALL=C', 'TZ=UTC', 'ps', '-o', 'lstart=', '-p', String(pid)]
    // Only where there is no /proc; loading it takes longer than all the rest of an import.
    const { execFileSync } = process.getBuiltinModule('node:child_process')
    return execFileSync('env', ps, { encoding: 'utf8' }).replace(/\W+/g, '')
  } catch {
    return ''
  }
}

/** What Linux says of a thread, from its state on; undefined where nothing is to be seen. */
function statFields(pid: number, thread: string): readonly string[] | undefined {
  const stat = readText(`/proc/${pid}/task/${thread}/stat`)
  // The command's name stands in parentheses and may hold anything: fields are counted from the last ')'.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** /proc may hide the processes of other users, or be missing. */
function isHidden(pid: number): boolean {
  return readText(`/proc/${pid}/stat`) === undefined && runs(pid)
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, under another user.
    return errno(error) === 'EPERM'
  }
}

function readText(path: string): string | undefined {
  return seen(() => readFileSync(path, 'latin1'))
}

/** Undefined where there is nothing to be seen; too many open files, say, is thrown: it must not pass for a death. */
function seen(body: () => string): string | undefined {
  try {
    return body()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'].includes(errno(error) ?? ''))
      return undefined
    throw error
  }
}
