import type { ApiClient } from '../http/api-client'
import { type SourceAccount, SourceError } from '../types'
import { badKey } from './apollo-failures'
import { healthResponse, usageResponse } from './apollo-responses'

/** Checks the key and reads the credits left, at no cost. @throws {SourceError} */
export async function getAccount(client: ApiClient): Promise<SourceAccount> {
  const health = await client.request({
    limit: 'search',
    method: 'GET',
    path: '/auth/health',
    paid: false,
    schema: healthResponse,
  })
  if (!health.data.is_logged_in) throw badKey()
  return { plan: null, quotaLeft: await creditsLeft(client), quotaUnit: 'credits', renewsAt: null }
}

/** The credits left; only a master key may read them, for others they are null. */
async function creditsLeft(client: ApiClient): Promise<number | null> {
  try {
    const { data } = await client.request({
      limit: 'search',
      method: 'POST',
      path: '/usage_stats/credit_usage_stats',
      body: {},
      paid: false,
      schema: usageResponse,
    })
    return data.credit_usage_stats.lead_credit.left_over
  } catch (error) {
    if (error instanceof SourceError && error.kind !== 'bad_key') return null
    throw error
  }
}
