// A pipeline of five heavy stages. Killed at any moment and run again, it goes on where it was.
import { fileURLToPath } from 'node:url'
import { decorate, withCache } from 'cachedict'
import {
  bootstrap,
  closures,
  delaysByOrigin,
  measure,
  missedChanges,
  readAirports,
  readFlights,
  readNetwork,
  regions,
} from './flights-stages.ts'
import { report } from './report.ts'

const data = (name: string) =>
  fileURLToPath(new URL(`../../node_modules/vega-datasets/data/${name}`, import.meta.url))

// Reading takes no time to speak of, so it is done each time.
const airports = readAirports(data('airports.csv'))
const flights = readFlights(data('flights-20k.json'))
const network = readNetwork(data('flights-airport.csv'))

// Keeps each single result: a stage that calls it often goes on in its middle.
const interval = decorate(bootstrap, { name: 'interval' })

await withCache('flights', async dict => {
  report(
    'distances',
    dict.evaluate('distances', () => measure(airports), { deps: [measure] }),
    ({ farthest }) => `${farthest.from} and ${farthest.to} are ${count(farthest.km)} km apart`,
  )

  report(
    'closures',
    dict.evaluate('closures', () => closures(network), { deps: [closures] }),
    ([worst]) => `without ${worst?.iata}, ${count(worst?.cutOff ?? 0)} trips are impossible`,
  )

  const intervals = new Map<string, ReturnType<typeof bootstrap>>()
  const origins = delaysByOrigin(flights, 40)
  for (const [origin, minutes] of origins) {
    intervals.set(origin, interval(minutes, 12_000))
    report.progress('delays', intervals.size, origins.size)
  }
  report('delays', intervals, each => {
    const [origin, { mean, low, high }] = [...each].sort(([, a], [, b]) => b.mean - a.mean)[0]!
    return `${origin} is latest: ${mean.toFixed(1)} min (${low.toFixed(1)} to ${high.toFixed(1)})`
  })

  report(
    'regions',
    dict.evaluate('regions', () => regions(airports, 12, 10), { deps: [regions] }),
    sizes => `${sizes.at(-1)?.k} regions: ${count(sizes.at(-1)?.meanKm ?? 0)} km from the middle`,
  )

  report(
    'changes',
    dict.evaluate('changes', () => missedChanges(flights, 'ORD', 12_000_000, [30, 45, 60, 90]), {
      deps: [missedChanges],
    }),
    ([tight]) =>
      `${((tight?.missed ?? 0) * 100).toFixed(1)} % miss a change of ${tight?.planned} minutes at ORD`,
  )
})

function count(n: number): string {
  return Math.round(n).toLocaleString('en')
}
