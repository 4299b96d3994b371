import { changes, keeps, withFinding } from './case.ts'

/** Case 119, and what belongs to it: captured things that the program changes itself are not compared, and are found. */
export const CAPTURED_STATE = [
  withFinding(
    'mutates',
    keeps(
      119,
      'a private cache, used or not',
      'const cache = new Map()\nexport function main(a) { if (!cache.has(a)) cache.set(a, a * 2); return cache.get(a) }\nmain(1)',
      ['\nmain(1)', ''],
    ),
  ),
  withFinding(
    'writes',
    keeps(119, 'a counter', 'let done = 0\nexport const main = a => { done++; return a }', [
      'done = 0',
      'done = 7',
    ]),
  ),
  withFinding(
    'writes',
    keeps(
      119,
      'a counter that a helper counts',
      'let done = 0\nconst count = () => { done += 1 }\nexport const main = a => { count(); return a }',
      ['done = 0', 'done = 7'],
    ),
  ),
  withFinding(
    'mutates',
    keeps(119, 'an accumulator', 'const all = []\nexport const main = a => { all.push(a); return a }', [
      '[]',
      '[1, 2]',
    ]),
  ),
  withFinding(
    'mutates',
    keeps(
      119,
      'a progress object',
      'const progress = { step: 0 }\nexport const main = a => { progress.step = a; return a }',
      ['step: 0', 'step: 3'],
    ),
  ),
  changes(
    119,
    'what is beside a counter',
    'let done = 0\nconst k = 1\nexport const main = a => { done++; return a * k }',
    ['k = 1', 'k = 2'],
  ),
  withFinding(
    'mutates',
    changes(
      119,
      'what is beside a counter in one object',
      'const state = { done: 0, rate: 2 }\nexport const main = a => { state.done++; return a * state.rate }',
      ['rate: 2', 'rate: 3'],
    ),
  ),
  withFinding(
    'mutates',
    keeps(
      119,
      'a counter in one object with what counts',
      'const state = { done: 0, rate: 2 }\nexport const main = a => { state.done++; return a * state.rate }',
      ['done: 0', 'done: 9'],
    ),
  ),
  changes(
    119,
    'what is beside a counter in an instance',
    'class Meter { done = 0; constructor(rate) { this.rate = rate } read(a) { this.done++; return a * this.rate } }\nconst meter = new Meter(2)\nexport const main = a => meter.read(a)',
    ['Meter(2)', 'Meter(3)'],
  ),
  keeps(
    119,
    'a counter in an instance',
    'class Meter { done = 0; read(a) { this.done++; return a } }\nconst meter = new Meter()\nexport const main = a => meter.read(a)',
    ['new Meter()', 'new Meter()\nmeter.read(1)'],
  ),
  keeps(
    119,
    'a private counter in an instance',
    'class Meter { #done = 0; read(a) { this.#done++; return a } }\nconst meter = new Meter()\nexport const main = a => meter.read(a)',
    ['new Meter()', 'new Meter()\nmeter.read(1)'],
  ),
  withFinding(
    'handle',
    keeps(
      119,
      'a timer',
      "const timer = { at: setTimeout(() => {}, 0), name: 'a' }\nclearTimeout(timer.at)\nexport const main = () => timer",
      ['}, 0)', '}, 1)'],
    ),
  ),
  withFinding(
    'handle',
    keeps(
      119,
      'a logger that holds a stream',
      "import { PassThrough } from 'node:stream'\nclass Logger { lines = 0; out = new PassThrough(); log(text) { this.lines++; this.out.write(text) } }\nconst logger = new Logger()\nexport const main = a => { logger.log('x'); return a }\nlogger.log('y')",
      ["\nlogger.log('y')", ''],
    ),
  ),
  changes(
    119,
    'what a method that is not called has set',
    'class A { set(k) { this.k = k; return this } get() { return this.k } }\nconst a = new A().set(1)\nexport const main = () => a.get()',
    ['set(1)', 'set(2)'],
  ),
  changes(
    119,
    'what a setter that is not called has set',
    'class A { #k; set k(k) { this.#k = k } get k() { return this.#k } }\nconst a = new A()\na.k = 1\nexport const main = () => a.k',
    ['a.k = 1', 'a.k = 2'],
  ),
  changes(
    119,
    'a variable that is written where nothing leads to',
    'let k = 1\nexport const other = () => { k = 9 }\nexport const main = a => a * k',
    ['k = 1', 'k = 2'],
  ),
  changes(
    119,
    'a list of which a copy is changed',
    'const list = [3, 1]\nexport const main = () => list.slice().sort()[0]',
    ['[3, 1]', '[3, 2]'],
  ),
  changes(
    119,
    'a constant of which a variable has the name that is written',
    'const k = 1\nexport const main = a => { const f = k => { k = 2; return k }; return f(a) + k }',
    ['const k = 1', 'const k = 3'],
  ),
  changes(
    119,
    'the second of two instances of which the first counts',
    'class A { n = 0; constructor(k) { this.k = k } inc() { this.n++ } }\nconst a = new A(0), b = new A(1)\nexport const main = () => { a.inc(); return b.k }',
    ['A(1)', 'A(2)'],
  ),
]
