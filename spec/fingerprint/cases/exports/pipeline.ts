// Functions of every kind. Whatever compiles and runs this file, their fingerprints are the same.
import { readFileSync } from 'node:fs'
import * as all from './scale.ts'
import { Box, FACTOR, isEven, type Sized, scale } from './scale.ts'

const table = { twice: (n: number): number => n * 2, size: 'XL' as const, list: [1, 2, { deep: 3n }] }
const box = new Box(4)
const text = `a${'b'}`

export const arrow = (n: number): number => scale(n) + FACTOR

export function plain(this: void, list: readonly number[], { by = 2 }: { by?: number } = {}): number[] {
  return list.map(n => n * by)
}

export async function later<T>(value: T | Promise<T>): Promise<T> {
  const known = await value
  return known as T
}

export function* steps(most: number): Generator<number> {
  for (let n = 0; n < most; n++) yield scale(n)
}

function make(by: number) {
  return (n: number): number => n ** by
}
export const closure = make(3)

export const recursion = (n: number): boolean => isEven(n)

export function usesClass(size: number): number {
  const opened: Sized = new Box(size)
  return (opened as Box).open() + Box.unit().open(n => n!)
}

export const namespace = (n: number): number => all.FACTOR + all.scale(n)

export const object = {
  method(n: number): number {
    return table.twice(n) satisfies number
  },
}.method

export const capturesData = (): unknown => [table, text]

export const capturesInstance = (): number => box.open()

export const usesNode = (path: string): string => readFileSync(path, 'utf8').replace(/\s+/gu, ' ')

export class Shape extends Box {
  override open(): number {
    return super.open(n => n + 1)
  }
}
