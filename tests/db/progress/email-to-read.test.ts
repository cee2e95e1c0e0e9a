import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getEmail } from '@/use-cases/progress/get-email'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const HOUR = 3_600_000

describe('a planned email', () => {
  let engine: Engine
  let campaignId: string
  beforeEach(async () => {
    engine = await createEngine()
    ;({ id: campaignId } = await startOutreach(engine, { leads: 1, days: [0, 1], replyInThread: true }))
  })
  afterEach(() => engine.close())

  const idOf = async (step: number) => {
    const where = { campaignId, workflowStepNumber: step }
    return (await engine.db.scheduledEmail.findFirstOrThrow({ where })).id
  }
  const read = async (step: number) => getEmail(engine.deps, { id: await idOf(step) })

  it('reads before it has left as it leaves then, letter for letter, and afterwards as it left', async () => {
    const before = await read(1)
    expect(before).toMatchObject({ status: 'pending', as: 'now', failure: null, response: null, sentAt: null })
    engine.clock.advance(HOUR)
    await engine.work()
    const record = await engine.db.email.findUniqueOrThrow({ where: { id: before.id } })
    expect(before.content).toEqual({ subject: record.subject, text: record.bodyText, html: record.bodyHtml })
    expect([before.from, before.to]).toEqual([record.fromEmail, record.toEmail])
    expect(before.content?.subject).toBe('Step 1 for Company 1')
    // What is saved later says nothing about what has left.
    await engine.db.emailTemplate.updateMany({ data: { subject: 'Changed', bodyText: 'Changed' } })
    const after = await read(1)
    expect(after).toMatchObject({ status: 'sent', as: 'recorded', response: record.response, sentAt: record.sentAt })
    expect(after.content).toEqual(before.content)
    expect(after.response).toContain('250')
  })

  it('reads as its template says now, while it waits', async () => {
    await engine.db.emailTemplate.updateMany({
      where: { name: 'Step 1' },
      data: { bodyText: 'Good day {{ first_name }}' },
    })
    expect((await read(1)).content?.text).toContain('Good day Ada')
  })

  it('has the subject of its conversation, begun or not', async () => {
    expect((await read(2)).content?.subject).toBe('Re: Step 1 for Company 1')
    await engine.db.emailTemplate.updateMany({ where: { name: 'Step 1' }, data: { subject: 'A new subject' } })
    expect((await read(2)).content?.subject).toBe('Re: A new subject')
    engine.clock.advance(HOUR)
    await engine.work()
    await engine.db.emailTemplate.updateMany({ where: { name: 'Step 1' }, data: { subject: 'Too late' } })
    expect((await read(2)).content?.subject).toBe('Re: A new subject')
  })

  it('has its own subject where the conversation will not begin', async () => {
    await engine.db.scheduledEmail.update({ where: { id: await idOf(1) }, data: { status: 'skipped' } })
    expect((await read(2)).content?.subject).toBe('Step 2 for Company 1')
  })

  it('says why it cannot be made, and keeps its state', async () => {
    await engine.db.emailTemplate.updateMany({ data: { bodyText: 'Hello {{ job_title }}' } })
    const email = await read(1)
    expect(email).toMatchObject({ status: 'pending', as: 'now', content: null })
    expect(email.failure).toContain('job_title')
    expect(await engine.db.scheduledEmail.count({ where: { status: 'pending' } })).toBe(2)
  })

  it('that is not planned is refused by name', async () => {
    const gone = getEmail(engine.deps, { id: '01900000-0000-7000-8000-000000000000' })
    await expect(gone).rejects.toMatchObject({ code: 'not_found', message: 'This email is not planned any more.' })
  })
})
