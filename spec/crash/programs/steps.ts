// node steps.js <cache file> <log file> <steps> [<step to die at> <where>]
// What is evaluated is about the steps alone: where a run logs and dies, its functions look up, and capture nothing of it.
import { appendFileSync } from 'node:fs'
import { withCache } from 'cachedict'

const [file = '', , count = '0'] = process.argv.slice(2)
const say = (line: string) => appendFileSync(process.argv[3]!, `${line}\n`)
const dieIf = (step: number, place: string) => {
  const [dieAt, where] = process.argv.slice(5)
  if (step === Number(dieAt) && place === where) process.kill(process.pid, 'SIGKILL')
}

say('run')
console.log('running')
await withCache<unknown, string>(file, async dict => {
  say(`sees ${dict.get('last', -1)}`)
  for (let step = 0; step < Number(count); step += 1) {
    const compute = () => {
      say(`start ${step}`)
      dieIf(step, 'inside')
      return { step, square: step * step, text: 'x'.repeat(step * 7) }
    }
    const value = await (step % 3 === 0
      ? dict.evaluate(`step ${step}`, async () => {
          await null
          return compute()
        })
      : dict.evaluate(`step ${step}`, compute))
    say(`done ${step}`)
    dieIf(step, 'after evaluate')
    if ((value as { square: number }).square !== step * step) say(`wrong ${step}`)
    if (step > (dict.get('last', -1) as number)) dict.set('last', step)
    dict.update('seen', seen => {
      const steps = (seen ?? []) as number[]
      if (!steps.includes(step)) steps.push(step)
      return steps
    })
    say(`did ${step}`)
    dieIf(step, 'after update')
    if (step % 17 === 16) await dict.flush()
  }
})
say('end')
