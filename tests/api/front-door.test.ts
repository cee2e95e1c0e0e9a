import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { trustedProxies } from '@/lib/client-address'
import { openFrontDoor } from '@/server/http/front-door'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

/** Asks an app that answers with the address it was given, behind a front door. */
async function ask(
  appUrl: string,
  { proxies = '', method = 'GET', path = '/', ...headers }: Record<string, string> = {},
) {
  const options = { appUrl, trustedProxies: trustedProxies.parse(proxies) }
  const server = createServer(
    openFrontDoor(options, (request, response) => response.end(request.headers['x-forwarded-for'])),
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers })
  const hsts = answer.headers.get('strict-transport-security')
  return { status: answer.status, address: await answer.text(), hsts }
}

describe('the front door', () => {
  it('asks browsers to come by https alone, where the app is reached by https', async () => {
    expect((await ask('https://app.example')).hsts).toBe('max-age=31536000')
    expect((await ask('http://localhost:3000')).hsts).toBeNull()
  })

  it('lets nothing be sent to a page, which is only read', async () => {
    const asked = (method: string, path: string) => ask('http://localhost:3000', { method, path })
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect(await asked(method, '/campaigns/1')).toMatchObject({
        status: 405,
        address: 'A page is only read. Nothing was changed.',
      })
      expect(await asked(method, '/api/anything')).toMatchObject({ status: 200, address: '127.0.0.1' })
    }
    expect((await asked('HEAD', '/campaigns/1')).status).toBe(200)
  })

  it('believes no address that a client gives itself', async () => {
    expect((await ask('http://localhost:3000', { 'x-forwarded-for': '203.0.113.9' })).address).toBe('127.0.0.1')
  })

  it('believes the proxies that are named', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1, 203.0.113.9', proxies: '127.0.0.1' }
    expect((await ask('http://localhost:3000', headers)).address).toBe('203.0.113.9')
  })
})
