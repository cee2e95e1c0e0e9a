import { request as sendRequest } from 'node:http'
import { networkInterfaces } from 'node:os'
import { expect, test } from './support/installation'

// What a stranger meets who reaches the port, on the app as it is served.
test.use({ installation: { name: 'strangers', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })

/** Answers the status, or the code of the error with which the connection failed. */
const statusAt = (host: string, port: string) =>
  new Promise<number | string | undefined>((resolve) => {
    sendRequest({ host, port, path: '/api/health' }, (response) => resolve(response.resume().statusCode))
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      .end()
  })

test('reaches it from this machine alone', async ({ app }) => {
  const { port } = new URL(app.url)
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
  expect(await statusAt('127.0.0.1', port)).toBe(200)
  for (const host of ['127.0.0.2', ...others]) expect(await statusAt(host, port), host).toBe('ECONNREFUSED')
})

test('does not become the owner without the code of the terminal', async ({ app, database }) => {
  const signUp = (code: unknown) =>
    fetch(`${app.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url },
      body: JSON.stringify({ name: 'T', email: 't@nexa.example', password: 'a few words do well', code }),
    })
  for (const code of [undefined, '', '2222-2222-2222']) {
    const refusal = await signUp(code)
    expect([refusal.status, (await refusal.json()).code]).toEqual([403, 'WRONG_OWNER_CODE'])
  }
  expect(await database.rows('SELECT id FROM users')).toEqual([])
  expect((await signUp(app.ownerCode)).status).toBe(200)
  expect(await database.rows('SELECT id, role FROM users')).toEqual([{ id: 'owner', role: 'owner' }])
})

test('is answered before a byte of a huge body is read, and hears no names', async ({ app }) => {
  const { port } = new URL(app.url)
  const announce = (path: string) =>
    new Promise<number | string | undefined>((resolve) => {
      const headers = { 'content-length': String(400 * 1024 * 1024), 'content-type': 'application/json' }
      const request = sendRequest({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
        resolve(response.resume().statusCode)
        request.destroy()
      })
      request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      request.flushHeaders()
    })
  expect(await announce('/api/unsubscribe/x')).toBe(404)
  expect(await announce('/api/auth/sign-in/email')).toBe(413)
  expect(await announce('/api/trpc/settings.update')).toBe(413)
  expect(await announce('/api/uploads?name=a.csv')).toBe(401)
  expect(await announce('/sign-in')).toBe(413)
  expect(await (await fetch(`${app.url}/api/health`)).json()).toEqual({ status: 'ok' })
})
