/** Does `body` for each item, two at a time: starting a process takes longer than what it does. */
export async function inPairs<T>(items: readonly T[], body: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await body(item)
  }
  await Promise.all([work(), work()])
}
