import { describe, expect, it } from 'vitest'
import { renewLeasesIf } from '@/db/queries/delivery/renew-leases'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { allWithRows } from '../../support/rows'

const HOUR_MS = 3_600_000

const given = allWithRows()
const inRealTime = (hours: number) => new Date(given.engine.clock.realNow().getTime() + hours * HOUR_MS)

describe('the lease of an email whose answer is outstanding', () => {
  it('is renewed while the email is being sent under the same claim; the others stay', async () => {
    const of = { campaignId: await given.rows.campaign('running'), leadId: await given.rows.lead('lead') }
    const lease = { status: 'sending', claim: 2, leaseUntil: inRealTime(1) }
    const others = EMAIL_STATUSES.filter((status) => status !== 'sending')
    const emails = Object.entries({
      ours: lease,
      'claimed anew': { ...lease, claim: 3 },
      'claimed before': { ...lease, claim: 1 },
      ...Object.fromEntries(others.map((status) => [status, { status, claim: 2 }])),
      'not named': lease,
    })
    const ids: string[] = []
    for (const [i, [name, data]] of emails.entries())
      ids.push(await given.rows.email(name, of, { workflowStepNumber: i + 1, ...data }))
    const named = ids.slice(0, -1).map((id) => ({ id, claim: 2 }))
    const leaseUntil = inRealTime(5)
    const renew = async () =>
      expect(await renewLeasesIf(given.engine.deps.sql, { emails: named, leaseUntil, now: given.now() })).toBe(1)
    expect(await given.rows.changesOf(renew)).toEqual({ ours: { leaseUntil } })
  })
})
