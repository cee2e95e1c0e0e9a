import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RecordedOutcome, recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { LEAD_STATUSES, type LeadStatus } from '@/domain/lead/status'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const sent = { status: 'sent', reason: '250 ok', attemptUsed: false, addressInvalid: false } as const
const failed = { status: 'failed', reason: '550 no', attemptUsed: true, addressInvalid: false } as const
const unknown = { status: 'failed', reason: '550 5.1.1', attemptUsed: true, addressInvalid: true } as const

/** What each delivery makes of a lead in each status; a status that is not named stays. */
const CASES: [string, { step: number; result: typeof sent | typeof failed | typeof unknown }[], Partial<Statuses>][] = [
  ['step 1 sent', [{ step: 1, result: sent }], { new: 'contacted' }],
  ['step 2 sent', [{ step: 2, result: sent }], { new: 'follow_up_1', contacted: 'follow_up_1' }],
  [
    'step 3 sent',
    [{ step: 3, result: sent }],
    { new: 'follow_up_2', contacted: 'follow_up_2', follow_up_1: 'follow_up_2' },
  ],
  [
    'step 4 sent',
    [{ step: 4, result: sent }],
    { new: 'follow_up_2', contacted: 'follow_up_2', follow_up_1: 'follow_up_2' },
  ],
  [
    'steps 1 and 2 sent in one batch',
    [
      { step: 1, result: sent },
      { step: 2, result: sent },
    ],
    { new: 'follow_up_1', contacted: 'follow_up_1' },
  ],
  [
    'step 1 sent and step 2 refused',
    [
      { step: 1, result: sent },
      { step: 2, result: failed },
    ],
    { new: 'contacted' },
  ],
  ['step 1 refused', [{ step: 1, result: failed }], {}],
  [
    'an address that does not exist',
    [{ step: 2, result: unknown }],
    { new: 'invalid', contacted: 'invalid', follow_up_1: 'invalid', follow_up_2: 'invalid' },
  ],
  [
    'an address that took one email and does not exist',
    [
      { step: 1, result: sent },
      { step: 2, result: unknown },
    ],
    { new: 'invalid', contacted: 'invalid', follow_up_1: 'invalid', follow_up_2: 'invalid' },
  ],
]
const onTheWire = { status: 'sending', claim: 1, sentAt: null, failedAt: null, failureReason: null }
type Statuses = Record<LeadStatus, LeadStatus>

describe('the status of a lead after delivery', () => {
  let engine: Engine
  let campaignId: string
  beforeAll(async () => {
    engine = await createEngine()
    campaignId = (await startOutreach(engine, { leads: 1, days: [0, 1, 2, 3] })).id
  })
  afterAll(() => engine.close())

  async function statusAfter(status: LeadStatus, results: (typeof CASES)[number][1]): Promise<string> {
    const { db, sql, clock } = engine.deps
    await db.lead.updateMany({ data: { status } })
    await db.scheduledEmail.updateMany({ where: { campaignId }, data: { ...onTheWire, leaseUntil: clock.realNow() } })
    const rows = await db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { workflowStepNumber: 'asc' } })
    const outcomes = results.map(
      ({ step, result }): RecordedOutcome => ({
        ...result,
        id: rows[step - 1]?.id ?? '',
        fencingToken: 1,
        dueAt: null,
        message: null,
      }),
    )
    const changed = await recordOutcomes(sql, outcomes, null, clock.now())
    expect(changed).toHaveLength(results.length)
    return (await db.lead.findFirstOrThrow()).status
  }

  it.each(CASES)(
    'follows the ladder after %s, and stays where a person or a reply has put it',
    async (_, results, to) => {
      const after: Record<string, string> = {}
      for (const status of LEAD_STATUSES) after[status] = await statusAfter(status, results)
      expect(after).toEqual({ ...Object.fromEntries(LEAD_STATUSES.map((status) => [status, status])), ...to })
    },
  )
})
