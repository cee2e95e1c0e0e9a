import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { BlockList } from 'node:net'
import { clientAddress } from '@/lib/client-address'

export type FrontDoor = { appUrl: string; trustedProxies: BlockList }

// A year, for this host alone: others below it may be somebody else's.
const HSTS = 'max-age=31536000'

/**
 * What every request passes before the app sees it. `X-Forwarded-For` holds one address afterwards, which nobody can make
 * up.
 */
export function openFrontDoor({ appUrl, trustedProxies }: FrontDoor, app: RequestListener): RequestListener {
  const secure = URL.parse(appUrl)?.protocol === 'https:'
  return (request: IncomingMessage, response: ServerResponse) => {
    const forwardedFor = request.headers['x-forwarded-for']
    request.headers['x-forwarded-for'] = clientAddress(
      {
        connection: request.socket.remoteAddress,
        forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      },
      trustedProxies,
    )
    if (secure) response.setHeader('Strict-Transport-Security', HSTS)
    return app(request, response)
  }
}
