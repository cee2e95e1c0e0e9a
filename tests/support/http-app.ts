import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { vi } from 'vitest'
import { trustedProxies } from '@/lib/client-address'
import { openFrontDoor } from '@/server/http/front-door'
import { freePort } from '../../scripts/lib/ports'
import type { Engine } from './engine'

type Params = { params: Promise<{ token: string }> }
type Handler = (request: Request, params: Params) => Promise<Response> | Response
type Route = Partial<Record<'GET' | 'POST', Handler>>

export const OWNER_CODE = '7KMR-Q2XD-9TBW'
export const OWNER = { name: 'Mira', email: 'mira@nexa.example', password: 'a few words do well', code: OWNER_CODE }

export type HttpApp = Awaited<ReturnType<typeof startHttpApp>>

/**
 * The API over real HTTP: the routes as the web process serves them, behind its front door, on connections of their own. Once a
 * test file, since the routes read their environment when they are loaded.
 */
export async function startHttpApp(
  engine: Engine,
  { proxies = '', appUrl }: { proxies?: string; appUrl?: string } = {},
) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const environment = {
    DATABASE_URL: engine.url,
    SMTP_URL: engine.deps.config.smtpUrl,
    APP_URL: appUrl ?? url,
    AUTH_SECRET: 'x'.repeat(40),
    ENCRYPTION_KEY: engine.deps.config.encryptionKey,
    OWNER_CODE,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  // As the web process does at its start, without its queue.
  Object.assign(globalThis, { leadnexDeps: engine.deps })
  const routes: [RegExp, Route][] = [
    [/^\/api\/auth\//, await import('@/app/api/auth/[...all]/route')],
    [/^\/api\/trpc\//, await import('@/app/api/trpc/[trpc]/route')],
    [/^\/api\/unsubscribe\/([^/]+)$/, await import('@/app/api/unsubscribe/[token]/route')],
    [/^\/api\/uploads$/, await import('@/app/api/uploads/route')],
    [/^\/api\/health$/, await import('@/app/api/health/route')],
  ]
  const options = { appUrl: environment.APP_URL, trustedProxies: trustedProxies.parse(proxies) }
  const server = createServer(openFrontDoor(options, (request, response) => void serve(url, routes, request, response)))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url,
    port,
    /** Calls a path with a JSON body, as a page of the app does, unless headers say otherwise. */
    post: (path: string, body: unknown, headers: Record<string, string | undefined> = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: definedOf({ 'content-type': 'application/json', origin: environment.APP_URL, ...headers }),
        body: JSON.stringify(body),
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      vi.unstubAllEnvs()
      Object.assign(globalThis, { leadnexDeps: undefined })
    },
  }
}

const definedOf = (headers: Record<string, string | undefined>) =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))

async function serve(url: string, routes: [RegExp, Route][], request: IncomingMessage, response: ServerResponse) {
  const { pathname } = new URL(request.url ?? '/', url)
  const [pattern, route] = routes.find(([path]) => path.test(pathname)) ?? []
  const handler = route?.[request.method === 'GET' ? 'GET' : 'POST']
  if (!pattern || !handler) return response.writeHead(404).end()
  const params = Promise.resolve({ token: pattern.exec(pathname)?.[1] ?? '' })
  const answer = await handler(requestOf(url, request), { params })
  response.writeHead(answer.status, headersOf(answer))
  if (!answer.body) return response.end()
  await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), response).catch(
    () => undefined,
  )
}

function requestOf(url: string, request: IncomingMessage): Request {
  const headers = definedOf(
    Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
  )
  const { method = 'GET' } = request
  const init: RequestInit & { duplex: 'half' } = { method, headers, duplex: 'half' }
  if (method !== 'GET' && method !== 'HEAD') init.body = Readable.toWeb(request) as ReadableStream
  return disguised(new Request(new URL(request.url ?? '/', url), init))
}

/** As Next hands a request over: it answers like one, and is none. */
const disguised = (request: Request): Request =>
  new Proxy(request, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

const headersOf = ({ headers }: Response): [string, string][] => [
  ...[...headers].filter(([name]) => name !== 'set-cookie'),
  ...headers.getSetCookie().map((cookie): [string, string] => ['set-cookie', cookie]),
]

export type Open = { path: string; headers?: Record<string, string>; body?: Buffer }

const NO_ANSWER_MS = 10_000

/** Answers what comes while the body is still on its way: `body` is sent, and no end. */
export async function answerWhileSending({ port }: HttpApp, { path, headers = {}, body }: Open) {
  const request = sendRequest({ host: '127.0.0.1', port, path, method: 'POST', headers })
  const response = await new Promise<IncomingMessage | null>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
    request.flushHeaders()
    if (body) request.write(body)
    // Who reads a body to its end before it answers never does.
    setTimeout(resolve, NO_ANSWER_MS, null).unref()
  })
  if (!response) {
    request.destroy()
    return { status: 'no answer', text: '' }
  }
  let text = ''
  for await (const piece of response) text += piece
  response.destroy()
  return { status: response.statusCode, text }
}

export const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
