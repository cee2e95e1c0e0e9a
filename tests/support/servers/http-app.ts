import { type IncomingMessage, request as sendRequest } from 'node:http'
import { vi } from 'vitest'
import { freePort } from '../../../scripts/lib/ports'
import type { Engine } from '../engine'
import { createRouteServer } from './route-server'

export const OWNER_CODE = '7KMR-Q2XD-9TBW'
export const OWNER = { name: 'Mira', email: 'mira@nexa.example', password: 'a few words do well', code: OWNER_CODE }

export type HttpApp = Awaited<ReturnType<typeof startHttpApp>>

/**
 * The API over real HTTP: the routes as the web process serves them, behind its front door, on connections of their own. Once a
 * test file, since the routes read their environment when they are loaded: such files have a process of their own (`vitest.config.ts`).
 */
export async function startHttpApp(
  engine: Engine,
  { proxies = '', appUrl }: { proxies?: string; appUrl?: string } = {},
) {
  if (!process.env.OWN_PROCESS)
    throw new Error('Routes may be loaded already in this process: see OWN_PROCESS in vitest.config.ts')
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
  const server = await createRouteServer({ url, appUrl: environment.APP_URL, proxies })
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

export type Open = { path: string; headers?: Record<string, string>; body?: Buffer }

const NO_ANSWER_MS = 120_000

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
