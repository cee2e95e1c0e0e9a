import { readdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { trustedProxies } from '@/lib/client-address'
import { openFrontDoor } from '@/server/http/front-door'

type Params = Record<string, string | string[]>
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response> | Response
type Route = { address: RegExp; methods: Readonly<Record<string, Handler | undefined>> }

const APP = 'src/app'

/** Folders of the routes, in the form of addresses: "/api/unsubscribe/[token]". */
export const routesOfTheApp = (): string[] =>
  readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)route\.ts$/.test(path))
    .map((path) => `/${dirname(path)}`)
    .sort()

/**
 * The routes of the web app over real HTTP, behind its front door and without Next. They read their environment when they are
 * loaded, so it has to be complete by then.
 */
export async function createRouteServer({
  url,
  appUrl,
  proxies,
}: Record<'url' | 'appUrl' | 'proxies', string>): Promise<Server> {
  const routes = await Promise.all(routesOfTheApp().map(loadRoute))
  const options = { appUrl, trustedProxies: trustedProxies.parse(proxies) }
  return createServer(openFrontDoor(options, (request, response) => void serve(url, routes, request, response)))
}

async function loadRoute(path: string): Promise<Route> {
  const address = path.replace(/\[\.\.\.(\w+)\]/g, '(?<$1>.+)').replace(/\[(\w+)\]/g, '(?<$1>[^/]+)')
  const module = pathToFileURL(resolve(join(APP, path, 'route.ts'))).href
  return { address: new RegExp(`^${address}$`), methods: await import(module) }
}

async function serve(url: string, routes: readonly Route[], request: IncomingMessage, response: ServerResponse) {
  const { pathname } = new URL(request.url ?? '/', url)
  const { method = 'GET' } = request
  const route = routes.find(({ address }) => address.test(pathname))
  if (!route) return response.writeHead(404).end()
  const handler = route.methods[method === 'HEAD' ? 'GET' : method]
  if (!handler) return response.writeHead(405).end()
  const params = Promise.resolve({ ...route.address.exec(pathname)?.groups })
  const answer = await handler(requestOf(url, request), { params })
  // One by one: the front door may have set one already, and then a list of pairs is taken for a flat one.
  for (const [name, value] of headersOf(answer)) response.appendHeader(name, value)
  response.writeHead(answer.status)
  if (!answer.body || method === 'HEAD') return response.end()
  await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), response).catch(
    () => undefined,
  )
}

function requestOf(url: string, request: IncomingMessage): Request {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value.toString()]],
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
