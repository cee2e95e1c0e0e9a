/**
 * The path of this site to which a person wanted to go, or `otherwise`. Judged by where a browser would end up: it leaves tabs
 * and line ends out of an address, and takes `//` and `/\` for the beginning of another site.
 */
export function returnPath(next: unknown, appUrl: string, otherwise: string): string {
  if (typeof next !== 'string') return otherwise
  const { origin } = new URL(appUrl)
  const wanted = URL.parse(next, origin)
  if (wanted?.origin !== origin) return otherwise
  const path = wanted.pathname + wanted.search
  // "/.//elsewhere" is of this site, and its path is not.
  return URL.parse(path, origin)?.origin === origin ? path : otherwise
}
