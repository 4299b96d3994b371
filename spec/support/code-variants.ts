/** Functions that differ in their text alone, as one function does before and after an edit. */
export interface Variant {
  (x: number): { readonly edition: string; readonly x: number }
  runs: number
}

/** `edit(name, edition)` makes a function of that name with another source for each `edition`; it counts its runs. */
export function edit(name: string, edition: string): Variant {
  const fn = new Function(
    `const ${name} = function ${name}(x) { ${name}.runs += 1; return { edition: ${JSON.stringify(edition)}, x } }
     ${name}.runs = 0
     return ${name}`,
  )() as Variant
  return fn
}
