import { env } from '@/env'
import { METRICS_TYPE, scrapeRefusal } from '@/lib/scrape-token'
import { getDeps } from '@/server/deps'
import { readMetrics } from '@/server/metrics'

/** The figures of the installation for Prometheus, for whoever sends the token; without one that is set, for nobody. */
export async function GET(request: Request): Promise<Response> {
  const refusal = scrapeRefusal(request.headers.get('authorization'), env.METRICS_TOKEN)
  const headers = { 'cache-control': 'no-store' }
  if (refusal)
    return new Response(refusal.words, { status: refusal.status, headers: { ...headers, ...refusal.headers } })
  return new Response(await readMetrics(getDeps()), { headers: { ...headers, 'content-type': METRICS_TYPE } })
}
