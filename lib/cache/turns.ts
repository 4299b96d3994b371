const turns = new WeakMap<object, Promise<void>>()

/** Waits until everybody who asked earlier for a turn with `owner` has ended it; returns how to end one's own. */
export async function takeTurn(owner: object): Promise<() => void> {
  const before = turns.get(owner)
  let end = () => {}
  const mine = new Promise<void>(resolve => {
    end = resolve
  })
  turns.set(owner, before === undefined ? mine : before.then(() => mine))
  await before
  return end
}
