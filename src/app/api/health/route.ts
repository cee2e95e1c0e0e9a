import { getDeps } from '@/server/deps'
import { getHealth } from '@/use-cases/maintenance/get-health'

/**
 * For people, scripts and load balancers. Only an unreachable database makes it 503: without a worker this process
 * still serves its screens, and they show that nothing is sent.
 */
export async function GET() {
  const health = await getHealth(getDeps())
  return Response.json(health, {
    status: health.database.ok ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
