import type { Store } from '../stores/store.ts'

const flights = new WeakMap<Store, Map<string, Promise<unknown>>>()

/** The evaluation of the call `id` on `store` that is under way in this process, if there is one. */
export function flightOf<T>(store: Store, id: string): Promise<T> | undefined {
  // Every flight under one id was started by the same `startFlight`, with the same `T`.
  return flights.get(store)?.get(id) as Promise<T> | undefined
}

/** Lets others join `flight` until it has landed. */
export function startFlight(store: Store, id: string, flight: Promise<unknown>): void {
  const known = flights.get(store) ?? new Map<string, Promise<unknown>>()
  flights.set(store, known)
  known.set(id, flight)
  const land = () => {
    if (known.get(id) === flight) known.delete(id)
  }
  flight.then(land, land)
}
