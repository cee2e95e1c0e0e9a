const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a page of another site may have made a browser send this: a change with another origin, also that of a sandboxed
 * frame (`null`), or one that a cookie authenticates and that names no origin. Programs without cookies may leave it out.
 */
export function isForeign(request: Request, appUrl: string): boolean {
  if (CHANGES_NOTHING.has(request.method)) return false
  const origin = request.headers.get('origin')
  return origin === null ? request.headers.has('cookie') : origin !== new URL(appUrl).origin
}

/** What is said to what is foreign, also to people who opened the app at another of its host's addresses. */
export const foreignWords = (appUrl: string): string =>
  `This request came from another address than the app's own. Nothing was changed. Open ${new URL(appUrl).origin} and try again there.`
