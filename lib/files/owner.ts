import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'

/**
 * Names one holder of something (a lock, a block) so that any process of this machine can tell whether it still
 * lives: process id, its start time, the boot, the thread, and a nonce that no other holder ever has.
 */
export function newOwner(): string {
  ownStart ??= startOf(process.pid) ?? ''
  return [process.pid, ownStart, bootId(), threadId, randomBytes(6).toString('hex')].join('.')
}

/**
 * Whether the process that `owner` names still runs. A process id that was given away again counts as dead, and so
 * does a zombie. What cannot be understood is dead: nobody can ever release it.
 */
export function isAlive(owner: string): boolean {
  const [pidText = '', start = '', boot = ''] = owner.split('.')
  const pid = Number(pidText)
  if (!Number.isSafeInteger(pid) || pid <= 0 || boot !== bootId()) return false
  if (pid === process.pid) return true
  const startNow = startOf(pid)
  return startNow !== undefined && (startNow === '' || start === '' || startNow === start)
}

let ownStart: string | undefined
let ownBoot: string | undefined

function bootId(): string {
  ownBoot ??= readText('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? 'noboot'
  return ownBoot
}

/** When `pid` started, in the system's own words; undefined if it does not run; '' if nobody can say. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readText(`/proc/${pid}/stat`)
    if (stat === undefined) return undefined
    // The command's name stands in parentheses and may hold anything: fields are counted from the last ')'.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '')
  }
  if (!runs(pid)) return undefined
  if (process.platform === 'win32') return ''
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
    return started.trim().replace(/[\s.]+/g, '_')
  } catch {
    return ''
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
