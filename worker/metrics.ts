import { createServer } from 'node:http'
import type { Deps } from '@/deps'
import { METRICS_TYPE, scrapeRefusal } from '@/lib/scrape-token'

type Address = { port: number; host: string; token: string | undefined }

/**
 * Gives out the measures of this worker at `/api/metrics`, to whoever sends the token. A port that is taken is said in the log and
 * keeps no email from leaving. Returns how to stop.
 */
export function serveMetrics({ measures, log }: Deps, { port, host, token }: Address): () => void {
  const server = createServer(async (request, response) => {
    const isAsked = request.method === 'GET' && /^\/api\/metrics(\?|$)/.test(request.url ?? '')
    if (!isAsked) return response.writeHead(404).end()
    const refusal = scrapeRefusal(request.headers.authorization, token)
    if (refusal) return response.writeHead(refusal.status, refusal.headers).end(refusal.words)
    try {
      const text = (await measures?.text()) ?? ''
      response.writeHead(200, { 'content-type': METRICS_TYPE, 'cache-control': 'no-store' }).end(text)
    } catch (error) {
      log.error({ err: error }, 'measures could not be read')
      response.writeHead(500).end()
    }
  })
  server.on('error', (err) => log.warn({ err, port, host }, 'the figures of this worker are not given out'))
  server.listen(port, host, () => log.info({ port, host }, 'figures are given out'))
  return () => {
    server.close()
    server.closeAllConnections()
  }
}
