import type { ApiClient } from '../http/api-client'
import type { SourceAccount } from '../types'
import { accountResponse } from './hunter-responses'

/** Reads plan, quota left and renewal, at no cost. Older plans count searches, not credits. @throws {SourceError} */
export async function getAccount(client: ApiClient): Promise<SourceAccount> {
  const { data } = await client.request({
    limit: 'account',
    method: 'GET',
    path: '/account',
    paid: false,
    schema: accountResponse,
  })
  const { plan_name, reset_date, requests } = data.data
  const inSearches = requests.credits.available === null
  const { used, available } = inSearches ? requests.searches : requests.credits
  return {
    plan: plan_name,
    quotaLeft: available === null ? null : Math.max(0, available - (used ?? 0)),
    quotaUnit: inSearches ? 'searches' : 'credits',
    renewsAt: reset_date && !Number.isNaN(Date.parse(reset_date)) ? new Date(reset_date) : null,
  }
}
