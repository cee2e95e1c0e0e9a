import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUploads } from '@/csv/uploads'
import { AUTH_ROUTES, HTTP_ROUTES, mayUse } from '@/domain/team/permissions'
import { ROLES } from '@/domain/team/roles'
import { anotherPlace, openAccounts } from '../../support/accounts'
import { createEngine, type Engine } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'
import { routesOfTheApp } from '../../support/servers/route-server'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
type Endpoint = { path?: string; options?: { method?: string | string[] } }

let engine: Engine
let app: HttpApp
let cookie: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-rights-'))
  engine = await createEngine()
  engine.deps.uploads = createUploads(folder)
  app = await startHttpApp(engine, { proxies: '127.0.0.1' })
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

/** The status of a request by somebody of this role; null: by nobody. */
async function statusOf(route: string, role: string | null): Promise<number> {
  if (role) await engine.db.user.updateMany({ data: { role } })
  const [method = '', path = ''] = route.split(' ')
  const answer = await fetch(`${app.url}${path.replace(/\[[.\w]+\]/, 'x')}?name=rows.csv`, {
    method,
    redirect: 'manual',
    headers: { origin: app.url, 'x-forwarded-for': anotherPlace(), ...(role ? { cookie } : {}) },
    ...(method === 'POST' ? { body: 'x' } : {}),
  })
  await answer.arrayBuffer()
  return answer.status
}

describe('the table of routes', () => {
  it('names every method of every route of the app, and nothing else', async () => {
    const found = await Promise.all(
      routesOfTheApp().map(async (path) => {
        const module = await import(pathToFileURL(resolve(join('src/app', path, 'route.ts'))).href)
        return METHODS.flatMap((method) => (method in module ? [`${method} ${path}`] : []))
      }),
    )
    expect(Object.keys(HTTP_ROUTES).sort()).toEqual(found.flat().sort())
  })

  const guarded = Object.entries(HTTP_ROUTES).filter(([, access]) => access !== 'anyone')
  it.each(guarded.flatMap(([route]) => [null, ...ROLES].map((role) => [route, role] as const)))(
    'holds for %s by %s',
    async (route, role) => {
      const status = await statusOf(route, role)
      const refused = role ? 403 : 401
      if (mayUse(HTTP_ROUTES[route], role)) expect([401, 403]).not.toContain(status)
      else expect(status).toBe(refused)
    },
  )
})

describe('the sign-in', () => {
  const endpoints = () => {
    const { endpoints: all } = openAccounts(engine)
    return Object.values(all as Record<string, Endpoint>).flatMap(({ path, options }) =>
      path ? [options?.method ?? 'GET'].flat().map((method) => `${method} ${path}`) : [],
    )
  }

  it('has the addresses that the table names', () => {
    const known = endpoints()
    expect(Object.keys(AUTH_ROUTES).filter((route) => !known.includes(route))).toEqual([])
  })

  it('is closed at each other address of its library, also to the owner', async () => {
    await engine.db.user.updateMany({ data: { role: 'owner' } })
    const others = endpoints().filter((route) => AUTH_ROUTES[route] === undefined)
    expect(others).toContain('POST /update-user')
    const open: string[] = []
    for (const route of others) {
      const [method = '', path = ''] = route.split(' ')
      const address = `${app.url}/api/auth${path.replace(/:\w+/, 'x')}`
      const body = method === 'GET' ? {} : { body: '{"name":"Sly"}' }
      const headers = { cookie, origin: app.url, 'content-type': 'application/json' }
      const answer = await fetch(address, { method, headers, redirect: 'manual', ...body })
      await answer.arrayBuffer()
      if (answer.status !== 404 && answer.status !== 405) open.push(`${answer.status} ${route}`)
    }
    expect(open).toEqual([])
    expect((await engine.db.user.findFirstOrThrow()).name).toBe('Mira')
  })

  it('asks for a session where the table does', async () => {
    const guarded = Object.entries(AUTH_ROUTES).flatMap(([route, access]) => (access === 'anyone' ? [] : [route]))
    for (const route of guarded) {
      const [, path = ''] = route.split(' ')
      expect([route, (await app.post(`/api/auth${path}`, {})).status]).toEqual([route, 401])
    }
  })
})
