/** What the small entries of these rows look like: a record as a scraper or a simulation keeps it. */
export interface Station {
  readonly id: number
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  readonly tags: readonly string[]
}

export function station(id: number): Station {
  return {
    id,
    name: `Station ${id}`,
    latitude: 40 + ((id * 7919) % 10_000) / 1_000,
    longitude: -100 + ((id * 104_729) % 10_000) / 1_000,
    tags: ['active', id % 2 === 0 ? 'north' : 'south'],
  }
}

export function stationKey(id: number): string {
  return `station-${String(id).padStart(6, '0')}`
}

/** `count` stations under their keys. */
export function stations(count: number): Readonly<Record<string, Station>> {
  return Object.fromEntries(Array.from({ length: count }, (_, id) => [stationKey(id), station(id)]))
}
