/** The environment variables of this package; read each time, so that a program may set them late. */
export const environment = {
  /** `CACHEDICT_DIR`: the cache folder, as it is. */
  cacheDir: (): string | undefined => process.env.CACHEDICT_DIR || undefined,
  /** `CACHEDICT_ACCESS`: flags that override the access of recall. */
  access: (): string | undefined => process.env.CACHEDICT_ACCESS || undefined,
} as const
