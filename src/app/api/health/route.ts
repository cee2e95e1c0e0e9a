import { getDeps } from '@/server/deps'
import { getHealthLook } from '@/server/health'
import { userOf } from '@/server/session'
import { getHealth } from '@/use-cases/maintenance/get-health'

/**
 * For people, scripts and load balancers. Only a database that is unreachable or takes no changes makes it 503: without a worker this process
 * still serves its screens, and they show that nothing is sent. Strangers hear whether all is well, and no more.
 */
export async function GET(request: Request) {
  const [health, user] = await Promise.all([
    getHealth(getDeps(), getHealthLook()),
    userOf(request.headers).catch(() => null),
  ])
  return Response.json(user ? health : { status: health.status }, {
    status: health.database.ok ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
