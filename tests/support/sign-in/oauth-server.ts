import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Grant = { account: string; refreshToken: string; ended: boolean }
type Code = { account: string; challenge: string; redirectUri: string }

/** What the server says in place of a token; `status` 503 is an outage. */
export type OauthTrouble = { status: number; error: string; error_description?: string }

const INVALID_GRANT: OauthTrouble = {
  status: 400,
  error: 'invalid_grant',
  error_description: 'The token was revoked.',
}
const INVALID_CLIENT: OauthTrouble = { status: 401, error: 'invalid_client' }

/**
 * A provider of sign-ins on loopback, at the addresses of Microsoft's. Whoever asks is let in as the address of the hint. Refresh
 * tokens rotate: one that was exchanged is good for nothing, and whoever shows it again ends the whole sign-in.
 */
export class OauthServer {
  expiresIn = 3_600
  /** Said in place of a token until it is taken away. */
  trouble: OauthTrouble | null = null
  /** Refuses to let anybody in. */
  denies = false
  /** Milliseconds for which the next request for a token is kept waiting. */
  delay: () => number = () => 0
  /** Refresh tokens that were exchanged for others. */
  rotated = 0
  /** Requests for a refreshed token, those at the same time at most, and tokens that were shown twice. */
  refreshes = 0
  atOnce = 0
  reused = 0
  address = ''
  private working = 0
  private readonly codes = new Map<string, Code>()
  private readonly grants: Grant[] = []
  private readonly accessTokens = new Map<string, Grant>()
  private readonly retired = new Map<string, Grant>()
  private readonly web: Server

  private constructor() {
    this.web = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.address)
      if (url.pathname === '/common/oauth2/v2.0/authorize') this.authorize(url, response)
      else if (url.pathname === '/common/oauth2/v2.0/token') void this.token(request, response)
      else if (url.pathname === '/tokeninfo') this.tokenInfo(url, response)
      else response.writeHead(404).end()
    })
  }

  static async start(): Promise<OauthServer> {
    const server = new OauthServer()
    await new Promise<void>((resolve) => server.web.listen(0, '127.0.0.1', resolve))
    server.address = `http://127.0.0.1:${(server.web.address() as AddressInfo).port}`
    return server
  }

  /** The account that a token is good for; null for any other. */
  accountOf(accessToken: string): string | null {
    const grant = this.accessTokens.get(accessToken)
    return grant && !grant.ended ? grant.account : null
  }

  /** Ends the tokens for access before their time; sign-ins go on. */
  endAccess(): void {
    this.accessTokens.clear()
  }

  /** Ends all sign-ins, as an administrator does. */
  endAll(): void {
    for (const grant of this.grants) grant.ended = true
  }

  close(): Promise<void> {
    this.web.closeAllConnections()
    return new Promise((resolve) => this.web.close(() => resolve()))
  }

  private authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri') ?? ''
    const back = new URL(redirectUri)
    back.searchParams.set('state', asked.get('state') ?? '')
    if (this.denies) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      const [account, challenge] = [asked.get('login_hint') ?? '', asked.get('code_challenge') ?? '']
      this.codes.set(code, { account, challenge, redirectUri })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  private tokenInfo(url: URL, response: ServerResponse): void {
    const account = this.accountOf(url.searchParams.get('access_token') ?? '')
    answer(response, account ? 200 : 401, account ? { email: account } : {})
  }

  private async token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.working++
    const form = new URLSearchParams(await textOf(request))
    const isRefresh = form.get('grant_type') === 'refresh_token'
    if (isRefresh) this.refreshes++
    this.atOnce = Math.max(this.atOnce, this.working)
    // Others may come in meanwhile.
    await new Promise((resolve) => setTimeout(resolve, this.delay()))
    this.working--
    const known = form.get('client_id') === 'client' && form.get('client_secret') === 'secret-of-the-client'
    const given = this.trouble ?? (known ? (isRefresh ? this.refresh(form) : this.exchange(form)) : INVALID_CLIENT)
    if ('error' in given) answer(response, given.status, { ...given, status: undefined })
    else {
      if (isRefresh) this.rotated++
      answer(response, 200, this.give(given))
    }
  }

  private exchange(form: URLSearchParams): Grant | OauthTrouble {
    const name = form.get('code') ?? ''
    const code = this.codes.get(name)
    this.codes.delete(name)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) return INVALID_GRANT
    const grant = { account: code.account, refreshToken: '', ended: false }
    this.grants.push(grant)
    return grant
  }

  private refresh(form: URLSearchParams): Grant | OauthTrouble {
    const shown = form.get('refresh_token') ?? ''
    const before = this.retired.get(shown)
    if (before) {
      this.reused++
      before.ended = true
    }
    return this.grants.find(({ refreshToken, ended }) => refreshToken === shown && !ended) ?? INVALID_GRANT
  }

  private give(grant: Grant): object {
    const accessToken = `access-${randomUUID()}`
    this.retired.set(grant.refreshToken, grant)
    grant.refreshToken = `refresh-${randomUUID()}`
    this.accessTokens.set(accessToken, grant)
    const { refreshToken: refresh_token } = grant
    return { access_token: accessToken, refresh_token, token_type: 'Bearer', expires_in: this.expiresIn }
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
