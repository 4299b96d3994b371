export interface SeenWarning {
  readonly message: string
  readonly type: string | undefined
  readonly code: string | undefined
}

/** The warnings of each test of a `describe`, in order, instead of on stderr: call it there. */
export function seenWarnings(): () => readonly SeenWarning[] {
  const real = process.emitWarning
  let seen: SeenWarning[] = []
  beforeEach(() => {
    seen = []
    process.emitWarning = (message: string | Error, options?: unknown) => {
      const { type, code } =
        typeof options === 'string' ? { type: options, code: undefined } : optionsOf(options)
      seen.push({ message: String(message), type, code })
    }
  })
  afterEach(() => {
    process.emitWarning = real
  })
  return () => seen
}

function optionsOf(options: unknown): {
  readonly type: string | undefined
  readonly code: string | undefined
} {
  const { type, code } = Object(options) as { readonly type?: string; readonly code?: string }
  return { type, code }
}
