import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
})

const read = async (id: string, signedIn = true) => {
  const answer = await fetch(`${app.url}/api/messages/${id}`, { headers: signedIn ? { cookie } : {} })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

async function message(bodyHtml: string | null): Promise<string> {
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  const place = {
    mailboxId,
    folder: 'INBOX',
    uidValidity: 1n,
    uid: 1n,
    contentHash: randomUUID(),
    size: 1,
    kind: 'human',
  }
  return (await engine.db.receivedMessage.create({ data: { ...place, bodyHtml, receivedAt: new Date() } })).id
}

it('a received HTML email runs nothing and has no origin, whatever opens it, and may fetch pictures alone', async () => {
  const html = '<script>parent.x = 1</script><img src="https://tracker.example/open.gif">'
  const { status, headers, text } = await read(await message(html))
  expect(status).toBe(200)
  expect(text).toContain(html)
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; font-src data:; sandbox; frame-ancestors 'self'",
  )
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
})

it('without HTML, or without a message, there is nothing to frame', async () => {
  expect(await read(await message(null))).toMatchObject({ status: 404, text: 'This message has no HTML.' })
  expect(await read(randomUUID())).toMatchObject({ status: 404 })
  expect(await read('x')).toMatchObject({ status: 404, text: 'There is no such message.' })
})

it('strangers get nothing of it', async () => {
  expect(await read(await message('<p>secret</p>'), false)).toMatchObject({ status: 401, text: 'Sign in first.' })
})
