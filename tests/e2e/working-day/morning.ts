import type { RunningApp } from '../../../scripts/lib/app/start-app'
import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import { startAnswering } from '../support/answering-campaign'
import type { Database } from '../support/database'
import { furnish, importBatch } from '../support/furnish'
import { people } from '../support/people'

export const COLLEAGUE = { name: 'Ada Winter', email: 'ada@nexa.example', password: 'quiet rivers run north' }

/** An installation of two people. `token`: what the link carried by which the second one joined. */
export async function furnishForTwo(app: Pick<RunningApp, 'url' | 'ownerCode'>) {
  const api = await furnish(app)
  const { name, email, password } = COLLEAGUE
  const { url } = await api.team.invite.mutate({ email, role: 'member' })
  const token = url.slice(url.lastIndexOf('/') + 1)
  await api.invitations.accept.mutate({ token, name, password })
  return { api, token }
}

export type Day = Awaited<ReturnType<typeof beginDay>>

/** Leads that answer nothing: their emails stay planned. */
const RESTING = 3
/** Leads of the batch that joins the campaign. */
const JOINING = 4

/**
 * The morning of a day: a campaign whose first emails have left, so many leads who have answered since, the last one's answer at the
 * top of the inbox, and a batch of further leads. Days of one installation begin with other `people`.
 */
export async function beginDay(
  at: { api: ApiClient; database: Database },
  { name, answering, from }: { name: string; answering: number; from: number },
) {
  const leads = people(answering + RESTING, from)
  const answers = Array.from({ length: answering }, (_, n) => ({
    kind: 'reply' as const,
    text: `Please call me on the ${n + 1}th.`,
  }))
  const { id: campaignId, answer } = await startAnswering(at, { name, leads, answers, days: [0, 4, 5] })
  const joining = `Friends of ${name}`
  await importBatch(at.api, joining, people(JOINING, from + leads.length))
  await answer()
  const newestFirst = leads
    .slice(0, answering)
    .map(({ first, last }) => `${first} ${last}`)
    .toReversed()
  return {
    ...at,
    ...{ name, campaignId, newestFirst, joining, joiningLeads: JOINING, restingLeads: RESTING },
    /** The batch that the campaign began with. */
    batch: `Guests of ${name}`,
    emailed: leads.length,
  }
}
