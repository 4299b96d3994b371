/** What is measured: `'time'` in milliseconds, or `'bytes'`. */
export type Unit = 'time' | 'bytes'

/** Three digits, and the unit that suits them; `–` for what was not measured. */
export function renderAmount(amount: number, unit: Unit): string {
  if (Number.isNaN(amount)) return '–'
  if (amount === 0) return '0'
  return unit === 'time' ? duration(amount) : size(amount)
}

export function renderRatio(ratio: number): string {
  return Number.isNaN(ratio) ? '–' : `${significant(ratio)}×`
}

function duration(ms: number): string {
  const least = Math.abs(ms)
  if (least >= 1_000) return `${significant(ms / 1_000)} s`
  if (least >= 1) return `${significant(ms)} ms`
  return least >= 0.001 ? `${significant(ms * 1_000)} µs` : `${significant(ms * 1e6)} ns`
}

function size(bytes: number): string {
  const least = Math.abs(bytes)
  if (least >= 1e9) return `${significant(bytes / 1e9)} GB`
  if (least >= 1e6) return `${significant(bytes / 1e6)} MB`
  return least >= 1e3 ? `${significant(bytes / 1e3)} kB` : `${bytes} B`
}

function significant(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
