import { EXPORTS } from '@/domain/lists/exports'
import { AUTH_ROUTES, HTTP_ROUTES } from '@/domain/team/permissions'
import type { Auth } from '@/server/auth'
import { pagesOfTheApp } from '../../e2e/support/app-pages'
import type { Random } from '../support/random'
import { type Asked, plainWords, type Target } from './asked'
import { mutatedValue } from './mutate-value'
import { oddString } from './odd-values'
import { type Pool, sampleOf, schemaOf } from './samples'
import { textOf } from './text-of'

type Endpoint = { path?: string; options?: { method?: string | string[]; body?: Parameters<typeof schemaOf>[0] } }

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']
const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

/** Every endpoint of the sign-in that is open; its library has more, at whose addresses there is nothing. */
export function signInTargets(auth: Auth, pool: () => Pool): Target[] {
  const endpoints = Object.values(auth.api as Record<string, Endpoint>)
    .map(({ path, options = {} }) => ({ path, options, method: [options.method ?? 'GET'].flat()[0] ?? 'GET' }))
    .filter(({ path, method }) => AUTH_ROUTES[`${method} ${path}`])
  return endpoints.map(({ path, options, method }) => {
    const body = (random: Random) =>
      options.body ? sampleOf(schemaOf(options.body), random, { pool: pool(), noun: 'user' }) : {}
    const asked = (value: unknown): Asked => ({
      method,
      path: `/api/auth${path}`,
      headers: JSON_TYPE,
      ...(method !== 'GET' && { body: textOf(value) }),
    })
    return {
      name: `${method} /api/auth${path}`,
      sample: (random) => asked(body(random)),
      broken: (random) =>
        random.int(0, 2) > 0 && method !== 'GET'
          ? asked(mutatedValue(body(random), random))
          : oddly(asked(body(random)), random),
    }
  })
}

/** Every other route of the app, and every page where there are any. */
export function routeTargets(hasPages: boolean, pool: () => Pool, link: () => string): Target[] {
  const routes = Object.keys(HTTP_ROUTES)
    .filter((route) => !/\[\.\.\.all\]|\[trpc\]/.test(route))
    .map((route) => route.split(' ') as [string, string])
  const all: (readonly [string, string])[] = [
    ...routes,
    ...(hasPages ? pagesOfTheApp().map((path) => ['GET', path] as const) : []),
  ]
  return all.map(([verb, path]) => {
    const address = (part: string) => path.replace(/\[\.{0,3}\w+\]/g, part)
    const noun =
      /([\w-]+)\/\[/
        .exec(path)?.[1]
        ?.replace(/(ch|x)es$/, '$1')
        .replace(/s$/, '') ?? ''
    const idOf = (random: Random) =>
      path.includes('[token]')
        ? link()
        : path.includes('[list]')
          ? random.pick(Object.keys(EXPORTS))
          : random.pick(pool()[noun] ?? Object.values(pool()).flat())
    const bodyOf = (random: Random) =>
      path.includes('exports')
        ? formOf(random, pool())
        : path.includes('unsubscribe')
          ? 'List-Unsubscribe=One-Click'
          : 'email\nnora@customer.example\n'
    const asked = (random: Random): Asked => ({
      method: verb,
      path: path === '/api/uploads' ? '/api/uploads?name=rows.csv' : address(idOf(random)),
      headers: verb === 'POST' ? FORM_TYPE : {},
      ...(verb === 'POST' && { body: bodyOf(random) }),
    })
    const oddPlace = (random: Random): Asked => ({
      ...asked(random),
      path: address(encodeURIComponent(oddString(random).slice(0, 300).toWellFormed()) || '%00'),
    })
    return {
      name: `${verb} ${path}`,
      sample: asked,
      broken: (random) =>
        oddly(random.int(0, 1) === 0 && path.includes('[') ? oddPlace(random) : asked(random), random),
    }
  })
}

// An id of no row.
const NOBODY = '0192f0c1-2d3e-7abc-8def-0123456789ab'

/** What a list is exported by, in a form: some leads that are there or not, or some of them many times. */
function formOf(random: Random, pool: Pool): string {
  const ids = pool.lead ?? []
  const chosen = Array.from({ length: random.pick([1, 3, 200]) }, () => random.pick([...ids, NOBODY]))
  return new URLSearchParams({
    ...(random.int(0, 3) > 0 && { ids: chosen.join() }),
    ...(random.int(0, 3) === 0 && { status: random.pick(['new', 'sent', 'running', 'nobody']) }),
    ...(random.int(0, 3) === 0 && { search: oddString(random).slice(0, 300).toWellFormed() }),
    ...(random.int(0, 3) === 0 && { campaign: random.pick(pool.campaign ?? [NOBODY]) }),
  }).toString()
}

const HEADERS = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-action',
  'next-url',
  'x-middleware-subrequest',
  'x-nextjs-data',
  'x-forwarded-host',
  'accept',
  'accept-language',
  'accept-encoding',
  'cookie',
  'range',
  'if-none-match',
  'if-modified-since',
  'expect',
  'referer',
  'origin',
  'user-agent',
  'x-path',
  'x-nonce',
]
const BODIES: readonly (readonly [Record<string, string>, string | Buffer])[] = [
  [JSON_TYPE, ''],
  [JSON_TYPE, '{'],
  [JSON_TYPE, 'null'],
  [JSON_TYPE, '[[[[[['.repeat(5_000)],
  [JSON_TYPE, '{"__proto__":{"x":1},"constructor":{"prototype":{}}}'],
  [JSON_TYPE, 'x'.repeat(70_000)],
  [FORM_TYPE, 'from=page&from=page'],
  [FORM_TYPE, '%ff%fe=%00&'.repeat(2_000)],
  [{ 'content-type': 'multipart/form-data' }, 'x'],
  [
    { 'content-type': 'multipart/form-data; boundary=b' },
    '--b\r\nContent-Disposition: form-data; name="from"; filename="\u0000"\r\n\r\nx',
  ],
  [{ 'content-type': 'text/plain;charset=UTF-8' }, Buffer.from([0xff, 0xfe, 0, 0xd8])],
  [{ 'content-type': 'text/x-component' }, '1:{"a":"$@2"}'],
]

/** Headers, method, body and query that nobody sends who means well. */
function oddly(asked: Asked, random: Random): Asked {
  let odd = asked
  for (let n = random.int(1, 3); n > 0; n--) {
    odd = random.pick<() => Asked>([
      () => ({ ...odd, method: random.pick(METHODS) }),
      () => ({
        ...odd,
        headers: {
          ...odd.headers,
          [random.pick(HEADERS)]:
            plainWords(random.pick([oddString(random), '1', '%5B%22%22%5D', '*', '$undefined']), 3_000) || 'x',
        },
      }),
      () => {
        const [headers, body] = random.pick(BODIES)
        return {
          ...odd,
          method: odd.method === 'GET' ? 'POST' : odd.method,
          headers: { ...odd.headers, ...headers },
          body,
        }
      },
      () => ({ ...odd, path: `${odd.path}${odd.path.includes('?') ? '&' : '?'}${query(random)}` }),
      () => ({
        ...odd,
        path: random.pick([
          `${odd.path}/`,
          `${odd.path}%00`,
          `/${odd.path}`,
          odd.path.replace('/', '/%2e%2e/'),
          `${odd.path}%ff`,
          `${odd.path};x=1`,
          `${odd.path}.json`,
        ]),
      }),
    ])()
  }
  return odd
}

const NAMES = [
  'page',
  'status',
  'search',
  'sort',
  'type',
  'after',
  'before',
  'next',
  'code',
  'name',
  'tab',
  'callbackURL',
  '_rsc',
  '__proto__',
  'step',
  'batch',
  'token',
  'error',
]

const query = (random: Random) =>
  Array.from({ length: random.int(1, 3) }, () => {
    const value = encodeURIComponent(
      oddString(random)
        .slice(0, random.pick([60, 300, 2_000]))
        .toWellFormed(),
    )
    return `${random.pick(NAMES)}=${random.int(0, 9) === 0 ? '%E0%A4%A' : value}`
  }).join('&')
