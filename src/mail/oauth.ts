import * as oauth from 'oauth4webapi'
import { Agent, fetch } from 'undici'
import { cutText } from '@/domain/cut-text'
import { endpointsOf, OAUTH_LABELS, type OauthClient } from '@/domain/mailbox/oauth'
import { publicLookup, requirePublic } from '@/lib/public-lookup'

export type Tokens = {
  accessToken: string
  /** Null: the one that was sent stays good. */
  refreshToken: string | null
  expiresInSeconds: number
}

/** `ended`: a person has to sign in again; `passing`: the provider, the way to it, or this installation's client. */
export class TokenFailure extends Error {
  constructor(
    readonly kind: 'ended' | 'passing',
    message: string,
    readonly said = '',
  ) {
    super(message)
    this.name = 'TokenFailure'
  }
}

const TIMEOUT_MS = 10_000
// Some providers leave it out; theirs last an hour.
const USUAL_SECONDS = 3_600

/** Requests of one client to its provider. Addresses are looked at before they are connected to, as everywhere. */
export function createTokenRequests(client: OauthClient, { allowPrivate }: { allowPrivate: boolean }) {
  const { issuer, authorization, token, scope } = endpointsOf(client)
  const server: oauth.AuthorizationServer = { issuer, authorization_endpoint: authorization, token_endpoint: token }
  const own: oauth.Client = { client_id: client.clientId }
  const proof = client.secret === null ? oauth.None() : oauth.ClientSecretPost(client.secret)
  const options = {
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<'POST', URLSearchParams>) =>
      send(url, init, allowPrivate),
    // The client's address is https, or one of this machine.
    [oauth.allowInsecureRequests]: token.startsWith('http:'),
  }
  return {
    /** Where the person signs in. */
    authorizationUrl: async (ask: { state: string; verifier: string; redirectUri: string; address: string }) => {
      const url = new URL(authorization)
      const challenge = await oauth.calculatePKCECodeChallenge(ask.verifier)
      const params = {
        client_id: client.clientId,
        response_type: 'code',
        redirect_uri: ask.redirectUri,
        scope,
        state: ask.state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        login_hint: ask.address,
        // Google gives a refresh token only for these.
        ...(client.provider === 'google' ? { access_type: 'offline', prompt: 'consent' } : {}),
      }
      for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
      return url.href
    },
    /** Tokens for the code that the provider sent the person back with. @throws {TokenFailure} */
    exchange: (answer: { url: URL; state: string; verifier: string; redirectUri: string }): Promise<Tokens> =>
      inWords(client, async () => {
        const params = oauth.validateAuthResponse(server, own, answer.url, answer.state)
        const { redirectUri, verifier } = answer
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          own,
          proof,
          params,
          redirectUri,
          verifier,
          options,
        )
        return tokensOf(await oauth.processAuthorizationCodeResponse(server, own, response))
      }),
    /** New tokens for an older one, which may be good for nothing afterwards. @throws {TokenFailure} */
    refresh: (refreshToken: string): Promise<Tokens> =>
      inWords(client, async () => {
        const response = await oauth.refreshTokenGrantRequest(server, own, proof, refreshToken, options)
        return tokensOf(await oauth.processRefreshTokenResponse(server, own, response))
      }),
  }
}

export const createVerifier = (): string => oauth.generateRandomCodeVerifier()

const tokensOf = ({ access_token, refresh_token, expires_in }: oauth.TokenEndpointResponse): Tokens => ({
  accessToken: access_token,
  refreshToken: refresh_token ?? null,
  expiresInSeconds: expires_in ?? USUAL_SECONDS,
})

async function send(
  url: string,
  { method, headers, body }: oauth.CustomFetchOptions<'POST', URLSearchParams>,
  allowPrivate: boolean,
): Promise<Response> {
  // Nobody looks an address up that needs no looking up.
  if (!allowPrivate) requirePublic(new URL(url).hostname)
  const dispatcher = new Agent({ connect: { timeout: TIMEOUT_MS, ...(allowPrivate ? {} : { lookup: publicLookup }) } })
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch(url, { method, headers, body: body.toString(), redirect: 'manual', dispatcher, signal })
    const text = await answer.text()
    return new Response(text, { status: answer.status, headers: [...answer.headers] })
  } finally {
    await dispatcher.destroy()
  }
}

// Of RFC 6749, OpenID Connect and Microsoft: only the person can go on, on the provider's page.
const ENDED = /^(?:invalid_grant|interaction_required|consent_required|login_required)$/

async function inWords<T>({ provider }: OauthClient, work: () => Promise<T>): Promise<T> {
  const name = OAUTH_LABELS[provider]
  try {
    return await work()
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      const said = error.error_description ?? error.error
      throw new TokenFailure('ended', `${name} did not let the mailbox sign in.`, plain(said))
    }
    if (error instanceof oauth.ResponseBodyError) {
      const said = plain(error.error_description ?? error.error)
      if (ENDED.test(error.error)) throw new TokenFailure('ended', `${name} has ended the sign-in.`, said)
      if (/^(?:invalid_client|unauthorized_client)$/.test(error.error))
        throw new TokenFailure(
          'passing',
          `${name} does not accept the client id or its secret. Fix them under Mailboxes.`,
          said,
        )
      throw new TokenFailure('passing', `${name} gave no token.`, said)
    }
    throw new TokenFailure(
      'passing',
      `${name} could not be asked for a token. It is tried again.`,
      plain(String(error)),
    )
  }
}

const plain = (text: string) => cutText(text.replace(/\s+/g, ' ').trim(), 300)
