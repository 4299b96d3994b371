/*
 * node watch-size.js <folder>: looks at what a folder takes on the disk, over and over, until its input ends. Prints the
 * most that it saw.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { sizeOnDisk } from '../size-on-disk.ts'

const PAUSE_MS = 2

const [folder = ''] = process.argv.slice(2)
let isOver = false
process.stdin.once('end', () => {
  isOver = true
})
process.stdin.resume()
let mostBytes = 0
while (!isOver) {
  mostBytes = Math.max(mostBytes, sizeOnDisk(folder))
  await pause(PAUSE_MS)
}
process.stdout.write(JSON.stringify({ mostBytes }))
