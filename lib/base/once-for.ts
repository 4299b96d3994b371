/** `make`, which is asked once for each object: what it gave is remembered as long as the object lives. A throw is not. */
export function onceFor<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return key => {
    let made = known.get(key)
    if (made === undefined) {
      made = { value: make(key) }
      known.set(key, made)
    }
    return made.value
  }
}
