import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Grant = { account: string; refreshToken: string; ended: boolean }
type Code = { account: string; challenge: string; redirectUri: string }

/** What the server says in place of a token; `status` 503 is an outage. */
export type OauthTrouble = { status: number; error: string; description?: string }

/**
 * A provider of sign-ins on loopback, at the addresses of Microsoft's. Whoever asks is let in as the address of the hint. Refresh
 * tokens rotate: one that was exchanged is good for nothing, and whoever shows it again ends the whole sign-in.
 */
export async function startOauthServer({
  clientId = 'client',
  secret = 'secret-of-the-client',
  expiresIn = 3_600,
} = {}) {
  const codes = new Map<string, Code>()
  const grants: Grant[] = []
  const accessTokens = new Map<string, Grant>()
  const retired = new Map<string, Grant>()
  const server = {
    expiresIn,
    /** Said in place of a token until it is taken away. */
    trouble: null as OauthTrouble | null,
    /** Waited before a token is given. */
    delayMs: 0,
    /** Requests for a refreshed token, those at the same time at most, and tokens that were shown twice. */
    refreshes: 0,
    atOnce: 0,
    reused: 0,
    /** Said in place of a code. */
    denies: false,
    address: '',
    /** The account that a token is good for; null for any other. */
    accountOf: (accessToken: string): string | null => {
      const grant = accessTokens.get(accessToken)
      return grant && !grant.ended ? grant.account : null
    },
    /** Ends the tokens for access before their time; sign-ins go on. */
    endAccess: () => accessTokens.clear(),
    /** Ends all sign-ins, as an administrator does. */
    endAll: () => {
      for (const grant of grants) grant.ended = true
    },
    close: () =>
      new Promise<void>((resolve) => {
        web.closeAllConnections()
        web.close(() => resolve())
      }),
  }
  let working = 0

  function give(grant: Grant): object {
    const accessToken = `access-${randomUUID()}`
    retired.set(grant.refreshToken, grant)
    grant.refreshToken = `refresh-${randomUUID()}`
    accessTokens.set(accessToken, grant)
    return {
      access_token: accessToken,
      refresh_token: grant.refreshToken,
      token_type: 'Bearer',
      expires_in: server.expiresIn,
    }
  }

  function exchange(form: URLSearchParams): object | OauthTrouble {
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) return INVALID_GRANT
    const grant = { account: code.account, refreshToken: '', ended: false }
    grants.push(grant)
    return give(grant)
  }

  function refresh(form: URLSearchParams): object | OauthTrouble {
    const shown = form.get('refresh_token') ?? ''
    const before = retired.get(shown)
    if (before) {
      server.reused++
      before.ended = true
    }
    const grant = grants.find(({ refreshToken, ended }) => refreshToken === shown && !ended)
    return grant ? give(grant) : INVALID_GRANT
  }

  function authorize(url: URL, response: ServerResponse): void {
    const { searchParams: asked } = url
    const back = new URL(asked.get('redirect_uri') ?? '')
    back.searchParams.set('state', asked.get('state') ?? '')
    if (server.denies) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      codes.set(code, {
        account: asked.get('login_hint') ?? '',
        challenge: asked.get('code_challenge') ?? '',
        redirectUri: asked.get('redirect_uri') ?? '',
      })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request))
    const isRefresh = form.get('grant_type') === 'refresh_token'
    if (isRefresh) server.refreshes++
    working++
    server.atOnce = Math.max(server.atOnce, working)
    if (server.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, server.delayMs))
    working--
    const known = form.get('client_id') === clientId && form.get('client_secret') === secret
    const answer = server.trouble ?? (!known ? INVALID_CLIENT : isRefresh ? refresh(form) : exchange(form))
    const status = 'status' in answer ? Number(answer.status) : 200
    const body =
      'status' in answer && 'error' in answer
        ? { error: answer.error, error_description: descriptionOf(answer) }
        : answer
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(body))
  }

  const web = createServer((request, response) => {
    const url = new URL(request.url ?? '/', server.address)
    if (url.pathname === '/common/oauth2/v2.0/authorize') return authorize(url, response)
    if (url.pathname === '/common/oauth2/v2.0/token') return void token(request, response)
    if (url.pathname === '/tokeninfo') {
      const account = server.accountOf(url.searchParams.get('access_token') ?? '')
      const headers = { 'content-type': 'application/json' }
      return void response
        .writeHead(account ? 200 : 401, headers)
        .end(JSON.stringify(account ? { email: account } : {}))
    }
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  server.address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  return server
}
export type OauthServer = Awaited<ReturnType<typeof startOauthServer>>

const INVALID_GRANT: OauthTrouble = { status: 400, error: 'invalid_grant', description: 'The token was revoked.' }
const INVALID_CLIENT: OauthTrouble = { status: 401, error: 'invalid_client' }

const descriptionOf = (trouble: object) => ('description' in trouble ? trouble.description : undefined)

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
