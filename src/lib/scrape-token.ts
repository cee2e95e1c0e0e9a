import { isSameSecret } from './same-secret'

/** The shortest token that opens figures. */
export const SHORTEST_SCRAPE_TOKEN = 32

/** What figures are sent as. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

type Refusal = { status: 401 | 404; words: string; headers: Record<string, string> }

const PLAIN = { 'content-type': 'text/plain; charset=utf-8' }

const CLOSED: Refusal = {
  status: 404,
  words: `Figures are not given out here: METRICS_TOKEN is not set. It takes at least ${SHORTEST_SCRAPE_TOKEN} characters.\n`,
  headers: PLAIN,
}
const STRANGER: Refusal = {
  status: 401,
  words: 'Figures are given out to whoever sends "Authorization: Bearer ..." with the value of METRICS_TOKEN.\n',
  headers: { ...PLAIN, 'www-authenticate': 'Bearer' },
}

/**
 * Why a request for figures is refused, by its header `Authorization`; null where it carries the token. Nobody is let in without one,
 * from wherever they ask: behind a proxy everybody is of this machine. How long the look takes says nothing of the token.
 */
export function scrapeRefusal(authorization: string | null | undefined, token: string | undefined): Refusal | null {
  if (token === undefined) return CLOSED
  const [, given = ''] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  return isSameSecret(given, token) ? null : STRANGER
}
