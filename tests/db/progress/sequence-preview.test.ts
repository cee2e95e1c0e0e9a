import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { previewSequence } from '@/use-cases/progress/preview-sequence'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { BY, createEngine, createOutreach, type Engine } from '../../support/engine'

const HOUR = 3_600_000

describe('the emails of a draft', () => {
  let engine: Engine
  let campaignId: string
  beforeEach(async () => {
    engine = await createEngine()
    ;({ id: campaignId } = await createOutreach(engine, {
      leads: 3,
      days: [0, 1],
      replyInThread: true,
      body: 'Hello {{ contact_name }}',
    }))
  })
  afterEach(() => engine.close())

  const preview = (stepNumber = 1, leadId?: string) => previewSequence(engine.deps, { campaignId, stepNumber, leadId })

  it('read as they are sent then, but for the link of their own', async () => {
    const shown = await preview()
    await startCampaign(engine.deps, { campaignId, by: BY })
    engine.clock.advance(HOUR)
    await engine.work()
    const sent = await engine.db.email.findFirstOrThrow({ where: { leadId: shown?.lead.id ?? '' } })
    const withoutLink = (text: string | undefined) => text?.replace(/\/u\/\S+/g, '/u/…')
    const { fromName: name } = await engine.db.mailbox.findFirstOrThrow({ where: { fromEmail: sent.fromEmail } })
    expect(shown).toMatchObject({
      from: { name, address: sent.fromEmail },
      to: sent.toEmail,
      failure: null,
      stepNumber: 1,
    })
    expect(shown?.content?.subject).toBe(sent.subject)
    expect(withoutLink(shown?.content?.text)).toBe(withoutLink(sent.bodyText))
  })

  it('go from lead to lead among those who would be written to, in both directions', async () => {
    const [, second, third] = await engine.db.lead.findMany({ orderBy: { id: 'asc' } })
    await addSuppression(engine.deps, { value: second?.email ?? '', by: BY })
    const first = await preview()
    expect(first).toMatchObject({ previousLead: null, nextLead: third?.id, lead: { name: 'Ada Lead1' } })
    const last = await preview(1, first?.nextLead ?? '')
    expect(last).toMatchObject({ previousLead: first?.lead.id, nextLead: null, lead: { name: 'Ada Lead3' } })
    expect(last?.content?.text).toContain('Hello Ada Lead3')
  })

  it('of a later step answer the first one in its thread', async () => {
    expect((await preview(2))?.content?.subject).toBe('Re: Step 1 for Company 1')
  })

  it('say who would not get one, and show the gap by its name', async () => {
    await engine.db.emailTemplate.updateMany({ data: { bodyText: 'You are {{ job_title }}' } })
    const shown = await preview()
    expect(shown?.failure).toContain('job_title')
    expect(shown?.content?.text).toContain('You are [job_title]')
  })

  it('are none where nobody would be written to', async () => {
    await engine.db.lead.updateMany({ data: { status: 'bounced' } })
    expect(await preview()).toBeNull()
  })

  it('of a step that is not there are refused', async () => {
    await expect(preview(3)).rejects.toMatchObject({ code: 'not_found' })
  })
})
