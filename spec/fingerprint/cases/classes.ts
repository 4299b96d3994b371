import { changes, keeps } from './case.ts'

const DOG = `
class Dog {
  static legs = 4
  #age = 1
  name = 'dog'
  constructor(k) { this.k = k }
  speak() { return this.#loud('wuff') }
  #loud(text) { return text + this.#age }
  get old() { return this.#age > 9 }
}`

const PETS = {
  'main.mjs': `import { Animal } from './animal.mjs'
class Dog extends Animal { speak() { return super.speak() + 1 } }
export const main = () => new Dog().speak()`,
  'animal.mjs': 'export class Animal { speak() { return 5 } }',
}

/** Cases 81 to 95: classes and methods. */
export const CLASSES = [
  changes(81, 'a method', `${DOG}\nexport const main = k => new Dog(k).speak()`, ["'wuff'", "'bark'"]),
  changes(
    81,
    'a method of a captured instance',
    `${DOG}\nconst dog = new Dog(1)\nexport const main = () => dog.speak()`,
    ["'wuff'", "'bark'"],
  ),
  changes(81, 'the class itself', `${DOG}\nexport const main = Dog`, ["'wuff'", "'bark'"]),
  changes(
    82,
    'the superclass',
    'class A { m() { return 1 } }\nclass B extends A {}\nexport const main = () => new B().m()',
    ['return 1', 'return 2'],
  ),
  changes(
    82,
    'which superclass',
    'class A { m() { return 1 } }\nclass C { m() { return 2 } }\nclass B extends A {}\nexport const main = () => new B().m()',
    ['extends A', 'extends C'],
  ),
  changes(83, 'the superclass in another module', PETS, ['return 5', 'return 6']),
  changes(84, 'the initialiser of a #field', `${DOG}\nexport const main = k => new Dog(k).speak()`, [
    '#age = 1',
    '#age = 2',
  ]),
  changes(84, 'the initialiser of a field', `${DOG}\nexport const main = k => new Dog(k).name`, [
    "'dog'",
    "'cat'",
  ]),
  changes(85, 'a #method', `${DOG}\nexport const main = k => new Dog(k).speak()`, ['text + ', 'text - ']),
  changes(86, 'a static value', `${DOG}\nexport const main = () => Dog.legs`, ['legs = 4', 'legs = 3']),
  changes(86, 'a static value, set later', `${DOG}\nDog.legs = 5\nexport const main = () => Dog.legs`, [
    'legs = 5',
    'legs = 6',
  ]),
  changes(
    87,
    'a function that a method calls',
    'const help = () => 1\nclass A { m() { return help() } }\nexport const main = () => new A().m()',
    ['=> 1', '=> 2'],
  ),
  changes(
    87,
    'a function that a field calls',
    'const help = () => 1\nclass A { k = help() }\nexport const main = () => new A().k',
    ['=> 1', '=> 2'],
  ),
  changes(
    86,
    'a static block',
    'class A { static k; static { this.k = 1 } }\nexport const main = () => A.k',
    ['k = 1', 'k = 2'],
  ),
  changes(
    88,
    'the #state of a captured instance',
    'class A { #k; constructor(k) { this.#k = k } m() { return this.#k } }\nconst a = new A(1)\nexport const main = () => a.m()',
    ['A(1)', 'A(2)'],
  ),
  changes(
    88,
    'the state of a captured instance',
    'class A { constructor(k) { this.k = k } m() { return this.k } }\nconst a = new A(1)\nexport const main = () => a.m()',
    ['A(1)', 'A(2)'],
  ),
  changes(
    88,
    'the #state that a captured instance has from its superclass',
    'class A { #k; constructor(k) { this.#k = k } m() { return this.#k } }\nclass B extends A {}\nconst b = new B(1)\nexport const main = () => b.m()',
    ['B(1)', 'B(2)'],
  ),
  changes(
    89,
    'a patched prototype',
    'class A { m() { return 1 } }\nA.prototype.m = function () { return 2 }\nexport const main = () => new A().m()',
    ['return 2', 'return 3'],
  ),
  changes(
    90,
    'a mixin',
    'const loud = Base => class extends Base { m() { return super.m() + 1 } }\nclass A { m() { return 5 } }\nclass B extends loud(A) {}\nexport const main = () => new B().m()',
    ['+ 1', '+ 2'],
  ),
  changes(
    90,
    'below a mixin',
    'const loud = Base => class extends Base { m() { return super.m() + 1 } }\nclass A { m() { return 5 } }\nclass B extends loud(A) {}\nexport const main = () => new B().m()',
    ['return 5', 'return 6'],
  ),
  changes(
    91,
    'a prototype of the old kind',
    'function A() {}\nA.prototype.m = function () { return 1 }\nexport const main = () => new A().m()',
    ['return 1', 'return 2'],
  ),
  changes(
    91,
    'inheritance of the old kind',
    'function A() {}\nA.prototype.m = function () { return 1 }\nfunction B() {}\nB.prototype = Object.create(A.prototype)\nexport const main = () => new B().m()',
    ['return 1', 'return 2'],
  ),
  changes(
    91,
    'a captured instance of the old kind',
    'function A() {}\nA.prototype.m = function () { return 1 }\nconst a = new A()\nexport const main = () => a.m()',
    ['return 1', 'return 2'],
  ),
  changes(
    91,
    'the prototype of a captured object',
    'const a = Object.create({ m() { return 1 } })\nexport const main = () => a.m()',
    ['return 1', 'return 2'],
  ),
  changes(
    92,
    'a computed key',
    "const key = 'a'\nclass A { [key]() { return 1 } }\nexport const main = () => new A()",
    ["'a'", "'b'"],
  ),
  keeps(93, 'layout', 'class A { a = 1; m(b) { return b } }\nexport const main = () => new A()', [
    '{ a = 1; m(b) { return b } }',
    '{\n  a = 1\n\n  /** Says it. */\n  m(what) {\n    return what;\n  }\n}',
  ]),
  keeps(93, 'the name of a class', 'class A { m() { return 1 } }\nexport const main = () => new A().m()', [
    'class A { m() { return 1 } }\nexport const main = () => new A().m()',
    'class B { m() { return 1 } }\nexport const main = () => new B().m()',
  ]),
  changes(94, 'a detached method', 'const o = { m(a) { return a + 1 } }\nexport const main = o.m', [
    '+ 1',
    '+ 2',
  ]),
  changes(
    94,
    'what a detached method calls',
    'const help = a => a + 1\nconst o = { m(a) { return help(a) } }\nexport const main = o.m',
    ['+ 1', '+ 2'],
  ),
  changes(94, 'a detached method of a class', `${DOG}\nexport const main = new Dog(1).speak`, [
    "'wuff'",
    "'bark'",
  ]),
  changes(95, 'an accessor', `${DOG}\nexport const main = k => new Dog(k).old`, ['> 9', '> 8']),
]
