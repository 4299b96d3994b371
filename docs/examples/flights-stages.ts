import { readFileSync } from 'node:fs'

/** An airport of the United States; degrees. */
export interface Airport {
  readonly iata: string
  readonly name: string
  readonly state: string
  readonly latitude: number
  readonly longitude: number
}

/** One flight of early 2001: where from, where to, and how many minutes late it arrived (early: below 0). */
export interface Flight {
  readonly origin: string
  readonly destination: string
  readonly delay: number
}

/** Which airports have direct flights to each other: `routes[a]` lists the numbers of the airports that `a` reaches. */
export interface Network {
  readonly airports: readonly string[]
  readonly routes: readonly (readonly number[])[]
}

/** A mean in minutes, with the interval in which 95 of 100 bootstrap samples have theirs. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const EARTH_RADIUS_KM = 6371

/** Reads a CSV file with a header line: each further line as an object of texts. Fields may stand in quotes. */
export function readTable(file: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).map(splitLine)
  return rows.map(row => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])))
}

function splitLine(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

export function readAirports(file: string): readonly Airport[] {
  return readTable(file)
    .map(({ iata = '', name = '', state = '', latitude, longitude }) => ({
      iata,
      name,
      state,
      latitude: Number(latitude),
      longitude: Number(longitude),
    }))
    .filter(({ latitude, longitude }) => Number.isFinite(latitude) && Number.isFinite(longitude))
}

export function readFlights(file: string): readonly Flight[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Flight[]
}

export function readNetwork(file: string): Network {
  const table = readTable(file)
  const airports = [...new Set(table.flatMap(row => [row.origin ?? '', row.destination ?? '']))].sort()
  const numbers = new Map(airports.map((iata, number) => [iata, number]))
  const routes: number[][] = airports.map(() => [])
  for (const row of table) routes[numbers.get(row.origin ?? '')!]!.push(numbers.get(row.destination ?? '')!)
  return { airports, routes }
}

/** The great-circle distances of all pairs: to each airport its nearest other one, and the two farthest from each other. */
export function measure(airports: readonly Airport[]) {
  const points = airports.map(onUnitSphere)
  const nearestKm = new Float64Array(airports.length).fill(Number.POSITIVE_INFINITY)
  let farthest = { from: '', to: '', km: 0 }
  for (let a = 0; a < points.length; a += 1) {
    for (let b = a + 1; b < points.length; b += 1) {
      const km = distanceKm(points[a]!, points[b]!)
      if (km < nearestKm[a]!) nearestKm[a] = km
      if (km < nearestKm[b]!) nearestKm[b] = km
      if (km > farthest.km) farthest = { from: airports[a]!.iata, to: airports[b]!.iata, km }
    }
  }
  return { pairs: (points.length * (points.length - 1)) / 2, nearestKm, farthest }
}

type Point = readonly [x: number, y: number, z: number]

function onUnitSphere({ latitude, longitude }: Airport): Point {
  const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)]
}

/** By the angle between the two, which is exact for neighbours and for antipodes alike. */
function distanceKm(a: Point, b: Point): number {
  const cross = Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
  return EARTH_RADIUS_KM * Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
}

/** The arrival delays of the `count` airports with the most departures. */
export function delaysByOrigin(flights: readonly Flight[], count: number): ReadonlyMap<string, Int16Array> {
  const delays = new Map<string, number[]>()
  for (const { origin, delay } of flights) {
    const known = delays.get(origin)
    if (known === undefined) delays.set(origin, [delay])
    else known.push(delay)
  }
  const busiest = [...delays]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, count)
  return new Map(busiest.map(([origin, minutes]) => [origin, Int16Array.from(minutes)]))
}

/** The mean of `minutes` and its 95 % confidence interval, by drawing `samples` samples with replacement. */
export function bootstrap(minutes: Int16Array, samples: number): Interval {
  const random = randomNumbers(minutes.length)
  const means = new Float64Array(samples)
  for (let sample = 0; sample < samples; sample += 1) {
    let sum = 0
    for (let drawn = 0; drawn < minutes.length; drawn += 1)
      sum += minutes[Math.floor(random() * minutes.length)]!
    means[sample] = sum / minutes.length
  }
  means.sort()
  const mean = minutes.reduce((sum, value) => sum + value, 0) / minutes.length
  return { mean, low: means[Math.floor(samples * 0.025)]!, high: means[Math.floor(samples * 0.975)]! }
}

/**
 * Closes one airport after the other, and counts what that costs everybody else: pairs that cannot reach each other any
 * more, and extra hops of those that still can. The worst first.
 */
export function closures({ airports, routes }: Network) {
  const open = countHops(routes)
  return airports
    .map((iata, closed) => {
      const left = countHops(routes, closed)
      return {
        iata,
        cutOff: open.pairs - open.pairsAt[closed]! - left.pairs,
        extraHops: left.hops - (open.hops - open.hopsAt[closed]!),
      }
    })
    .sort((a, b) => b.cutOff - a.cutOff || b.extraHops - a.extraHops || (a.iata < b.iata ? -1 : 1))
}

/** How many ordered pairs are connected, and by how many hops in all; `…At` each: those that begin or end there. */
function countHops(routes: readonly (readonly number[])[], closed?: number) {
  const pairsAt = new Int32Array(routes.length)
  const hopsAt = new Int32Array(routes.length)
  const hops = new Int16Array(routes.length)
  const queue = new Int16Array(routes.length)
  for (let start = 0; start < routes.length; start += 1) {
    if (start === closed) continue
    hops.fill(-1)
    hops[start] = 0
    queue[0] = start
    let reached = 1
    for (let first = 0; first < reached; first += 1) {
      const at = queue[first]!
      for (const next of routes[at]!) {
        if (hops[next]! >= 0 || next === closed) continue
        hops[next] = hops[at]! + 1
        queue[reached] = next
        reached += 1
        pairsAt[next]! += 1
        hopsAt[next]! += hops[next]!
        hopsAt[start]! += hops[next]!
      }
    }
    pairsAt[start]! += reached - 1
  }
  // Each pair was counted at both of its ends.
  return { pairs: sumOf(pairsAt) / 2, hops: sumOf(hopsAt) / 2, pairsAt, hopsAt }
}

function sumOf(numbers: Int32Array): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** Regions of airports: k-means on the globe for each k up to `most`, the best of some starts; by how far from the middle. */
export function regions(airports: readonly Airport[], most: number, starts: number) {
  const points = airports.map(onUnitSphere)
  return Array.from({ length: most - 1 }, (_, index) => {
    const k = index + 2
    const runs = Array.from({ length: starts }, (_, start) =>
      kMeans(points, k, randomNumbers(k * 1000 + start)),
    )
    return { k, meanKm: Math.min(...runs) }
  })
}

/** Lloyd's algorithm until nothing moves any more; the mean distance of a point from the middle of its region. */
function kMeans(points: readonly Point[], k: number, random: () => number): number {
  let middles = Array.from({ length: k }, () => points[Math.floor(random() * points.length)]!)
  const regionOf = new Int16Array(points.length).fill(-1)
  for (let moved = true; moved; ) {
    moved = false
    const sums = middles.map(() => [0, 0, 0] as [number, number, number])
    for (const [index, point] of points.entries()) {
      const region = nearest(middles, point)
      if (regionOf[index] !== region) moved = true
      regionOf[index] = region
      for (const axis of [0, 1, 2] as const) sums[region]![axis] += point[axis]
    }
    middles = sums.map((sum, region) => {
      const length = Math.hypot(...sum)
      return length === 0 ? middles[region]! : [sum[0] / length, sum[1] / length, sum[2] / length]
    })
  }
  const km = points.reduce((sum, point, index) => sum + distanceKm(point, middles[regionOf[index]!]!), 0)
  return km / points.length
}

function nearest(middles: readonly Point[], [x, y, z]: Point): number {
  let best = 0
  let bestCosine = Number.NEGATIVE_INFINITY
  for (let index = 0; index < middles.length; index += 1) {
    const middle = middles[index]!
    const cosine = middle[0] * x + middle[1] * y + middle[2] * z
    if (cosine <= bestCosine) continue
    best = index
    bestCosine = cosine
  }
  return best
}

/**
 * Flies `trips` trips with one change of planes at `hub`, with delays drawn from those of real flights: the share of
 * changes that are missed, for each number of minutes planned between the two flights.
 */
export function missedChanges(
  flights: readonly Flight[],
  hub: string,
  trips: number,
  minutesPlanned: readonly number[],
) {
  const inward = Int16Array.from(
    flights.filter(flight => flight.destination === hub).map(({ delay }) => delay),
  )
  const outward = Int16Array.from(flights.filter(flight => flight.origin === hub).map(({ delay }) => delay))
  const random = randomNumbers(trips)
  return minutesPlanned.map(planned => {
    let missed = 0
    for (let trip = 0; trip < trips; trip += 1) {
      const late = inward[Math.floor(random() * inward.length)]!
      const waits = Math.max(0, outward[Math.floor(random() * outward.length)]!)
      // Walking from gate to gate takes 10 to 30 minutes.
      if (late + 10 + random() * 20 > planned + waits) missed += 1
    }
    return { planned, missed: missed / trips }
  })
}

/** The same numbers from 0 up to 1 for the same seed, so that every run of a stage gives the same (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
