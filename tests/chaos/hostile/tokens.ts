import { unsubscribeToken } from '@/lib/encryption'
import { returnPath } from '@/server/http/return-path'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { type Asked, ask, somewhere } from '../requests/asked'
import { digestTables, selectEmails } from '../support/look-ups'
import type { Random } from '../support/random'
import { exactly, type Figure } from '../support/report'
import type { Stage } from '../support/stage'
import type { WebProcess } from '../support/web-process'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ODD = [
  '%00',
  '%2e%2e%2f',
  '+',
  '=',
  '%C3%A9',
  '%',
  '.',
  '%20',
  '~',
  '%0d%0aLocation:%20https:%2f%2fevil.example',
  '@evil.example',
  ';',
  '?',
  '#',
]
const ELSEWHERE = [
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/%09/evil.example',
  'https://evil.example/',
  'https:evil.example',
  'javascript:alert(1)',
  '/x/..//evil.example',
  '/.//evil.example',
  '\\\\evil.example',
  '/\n/evil.example',
  '//evil.example@nexa.example',
  'http://127.0.0.1@evil.example',
  '/leads',
  '/campaigns?x=1',
  '%2f%2fevil.example',
  '/\u0000/evil.example',
]

/** Links with something changed, opened and clicked, and places to return to with something changed: nobody is led away. */
export async function changeTokens(
  stage: Stage,
  web: WebProcess,
  random: Random,
  count: number,
): Promise<{ figures: Figure[]; counts: Record<string, number> }> {
  const { deps } = stage
  const key = await loadConsentKey(deps.sql, deps.config.encryptionKey, deps.clock.realNow())
  const tokens = (await selectEmails(stage)).slice(0, 50).map(({ id }) => unsubscribeToken(key, id))
  const { cookie } = await web.signUp()
  const before = await digestTables(stage)
  const found = { taken: 0, away: 0, broken: 0, returned: 0 }
  for (let n = 0; n < count; n++) {
    const token = changed(tokens, random)
    const path = random.pick([
      `/api/unsubscribe/${token}`,
      `/api/unsubscribe/${token}`,
      ...(web.hasPages ? [`/u/${token}`] : []),
    ])
    const method = path.startsWith('/u/') ? 'GET' : random.pick(['GET', 'POST', 'POST'])
    const answer = await ask(web.url, { method, path, headers: {}, ...(method === 'POST' && { body: '' }) })
    if (method === 'POST' && answer.status === 200) found.taken++
    if (path.startsWith('/u/') && answer.text.includes('Unsubscribe?')) found.taken++
    if (answer.status >= 500) found.broken++
    if (leadsAway(answer.headers.get('location'), web.url)) found.away++
    const next = place(random)
    if (leadsAway(returnPath(next, web.url, '/campaigns'), web.url)) found.returned++
    if (web.hasPages && n % 20 === 0) {
      const asked: Asked = {
        method: 'GET',
        path: `/sign-in?next=${encodeURIComponent(next)}`,
        headers: { cookie, 'x-forwarded-for': somewhere(random) },
      }
      const returned = await ask(web.url, asked)
      if (returned.status >= 500) found.broken++
      if (leadsAway(returned.headers.get('location'), web.url) || /url=(?:https?:)?\/\/evil/i.test(returned.text))
        found.returned++
    }
  }
  const after = await digestTables(stage)
  return {
    figures: [
      exactly('changed links that were taken', found.taken, 0),
      exactly('changed links that led to another site', found.away, 0),
      exactly('changed places to return to that led to another site', found.returned, 0),
      exactly('answers of status 500', found.broken, 0),
      exactly('tables changed', [...after.keys()].filter((table) => after.get(table) !== before.get(table)).length, 0),
    ],
    counts: { 'changed links': count },
  }
}

function leadsAway(location: string | null, url: string): boolean {
  if (location === null) return false
  return URL.parse(location, url)?.origin !== new URL(url).origin
}

/** Another text than any of the links, made of one or two of them. */
function changed(tokens: readonly string[], random: Random): string {
  const token = random.pick(tokens)
  const at = random.int(0, token.length - 1)
  const one = random.pick<() => string>([
    () => token.slice(0, at) + random.pick([...ALPHABET]) + token.slice(at + 1),
    // The last letters of both parts hold bits that say nothing.
    () => token.slice(0, 21) + random.pick([...ALPHABET]) + token.slice(22),
    () => token.slice(0, 43) + random.pick([...ALPHABET]),
    () => token.slice(0, 22) + random.pick(tokens).slice(22),
    () => token.slice(0, at),
    () => token + random.pick([...ALPHABET]),
    () => token.slice(22) + token.slice(0, 22),
    () => token.slice(0, at) + random.pick(ODD) + token.slice(at),
    () => token.toUpperCase(),
    () => [...token].reverse().join(''),
    () => token.replaceAll('-', '+').replaceAll('_', '/').concat('='),
    () => Array.from({ length: 44 }, () => random.pick([...ALPHABET])).join(''),
  ])()
  return tokens.includes(one) || tokens.includes(one.replace(/[?#].*/, '')) ? changed(tokens, random) : one
}

function place(random: Random): string {
  const one = random.pick(ELSEWHERE)
  const at = random.int(0, one.length)
  return random.pick<() => string>([
    () => one,
    () =>
      one.slice(0, at) +
      random.pick(['\t', '\n', '\r', '/', '\\', '@', ':', '%2f', '\u0000', '.', '\u2028', ' ']) +
      one.slice(at),
    () => one.slice(at),
    () => ` ${one}`,
    () => one + random.pick(ELSEWHERE),
    () => one.toUpperCase(),
  ])()
}
