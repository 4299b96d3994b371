/** What the exports of pipeline.ts reach in another module. */
export const FACTOR: number = 3

export function scale(value: number): number {
  return value * FACTOR
}

export function isEven(n: number): boolean {
  return n === 0 || isOdd(n - 1)
}

function isOdd(n: number): boolean {
  return n !== 0 && isEven(n - 1)
}

export interface Sized {
  readonly size: number
}

export class Box implements Sized {
  readonly size: number
  #opened = 0

  constructor(size: number) {
    this.size = size
  }

  open(by: (size: number) => number = scale): number {
    this.#opened += 1
    return by(this.size)
  }

  static unit(): Box {
    return new Box(1)
  }
}
