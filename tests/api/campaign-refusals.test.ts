import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { createEngine, createOutreach, type Engine, readLedger } from '../support/engine'

const user = { id: 'u1', name: 'Olive', email: 'olive@nexa.example', role: 'owner' as const }

const createCaller = createCallerFactory(appRouter)

describe('campaigns over the API', () => {
  let engine: Engine
  let api: ReturnType<typeof createCaller>
  beforeAll(async () => {
    engine = await createEngine()
    api = createCaller({ deps: engine.deps, user })
  })
  afterAll(() => engine.close())
  const refusal = async (work: Promise<unknown>) =>
    (
      await work.then(
        () => new Error('was allowed'),
        (error: Error) => error,
      )
    ).message

  describe('refuses, with what happened, what was not touched and what to do', () => {
    it('a start with a busy batch', async () => {
      const holder = await createOutreach(engine, { leads: 2, name: 'Holder' })
      await api.campaigns.start({ campaignId: holder.id })
      const second = await api.campaigns.create({
        name: 'Second',
        batchIds: [holder.batch.id],
        workflowId: holder.workflow.id,
      })
      expect(await refusal(api.campaigns.start({ campaignId: second.id }))).toBe(
        `Can't start "Second": batch "Batch of Holder" is in use by "Holder". Nothing was changed.`,
      )
      await api.campaigns.stop({ campaignId: holder.id })
    })

    it('a start without leads that can be mailed, naming the reasons', async () => {
      const { id: campaignId, leads } = await createOutreach(engine, { leads: 3, name: 'Nobody' })
      await api.leads.setStatus({ ids: leads.slice(0, 2).map(({ id }) => id), status: 'not_interested' })
      await api.suppression.add({ value: leads[2]?.email ?? '', reason: 'manual' })
      expect(await refusal(api.campaigns.start({ campaignId }))).toBe(
        '"Nobody" has nobody to write to. All leads are left out: 2 not interested, 1 suppressed. It was not started.',
      )
      expect((await api.campaigns.get({ campaignId })).status).toBe('draft')
    })

    it('a start of an empty draft', async () => {
      const { id: campaignId } = await api.campaigns.create({ name: 'Empty' })
      expect(await refusal(api.campaigns.start({ campaignId }))).toBe(
        `"Empty" can't start: No batch of leads is chosen; No email is written or chosen yet. Nothing was changed.`,
      )
    })

    it('a start twice', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Twice' })
      await api.campaigns.start({ campaignId })
      expect(await refusal(api.campaigns.start({ campaignId }))).toBe(
        '"Twice" is already running. It was not planned again.',
      )
      expect(await readLedger(engine, campaignId)).toMatchObject({ planned: 3 })
      await api.campaigns.stop({ campaignId })
    })

    it('a resume of a completed campaign', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Over' })
      await api.campaigns.start({ campaignId })
      await api.campaigns.stop({ campaignId })
      expect(await refusal(api.campaigns.resume({ campaignId }))).toBe(
        `Can't resume "Over": it is completed, and a completed campaign becomes running only by a retry of failed emails. Nothing was changed. Duplicate it to send something again.`,
      )
    })

    it('scheduling in the past', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Late' })
      const startAt = new Date(engine.clock.now().getTime() - 60_000)
      expect(await refusal(api.campaigns.schedule({ campaignId, startAt }))).toBe(
        `"Late" can't be scheduled for ${startAt.toISOString()}: that is in the past (now ${engine.clock.now().toISOString()}). Nothing was changed. Choose a later time, or start it now.`,
      )
    })

    it('a template with an unknown variable, and one with a missing value, with names and counts', async () => {
      const { id: campaignId } = await createOutreach(engine, {
        leads: 3,
        name: 'Misspelt',
        days: [0],
        body: 'Hello {{ compny_name }}, as {{ job_title }} you know it.',
      })
      expect(await refusal(api.campaigns.start({ campaignId }))).toBe(
        `"Misspelt" can't start: "compny_name" in step 1 is not a variable; "job_title" in step 1 is missing for 3 leads. Nothing was changed.`,
      )
      const { checks, ready } = await api.campaigns.preflight({ campaignId })
      expect(ready).toBe(false)
      const misspelt = checks.find(({ kind }) => kind === 'unknown_variable')
      expect(misspelt).toMatchObject({ variable: 'compny_name', step: 1, fix: { kind: 'edit_template' } })
      expect(misspelt && describeCheck(misspelt).detail).toBe('Did you mean company_name?')
    })

    it('a start, at once or planned, with text of other programs until a person has confirmed it', async () => {
      const { id: campaignId } = await createOutreach(engine, {
        leads: 1,
        name: 'Pasted',
        days: [0],
        body: '{Dear|Hi} [First Name], about %CITY%.',
      })
      const refused = `"Pasted" can't start: Step 1 has text that other programs replace: {Dear|Hi} [First Name] %CITY%. Nothing was changed.`
      expect(await refusal(api.campaigns.start({ campaignId }))).toBe(refused)
      const startAt = new Date(engine.clock.now().getTime() + 3_600_000)
      expect(await refusal(api.campaigns.schedule({ campaignId, startAt }))).toContain('{Dear|Hi} [First Name] %CITY%')
      const { checks } = await api.campaigns.preflight({ campaignId })
      const foreign = checks.find(({ kind }) => kind === 'foreign_text')
      if (foreign?.fix?.kind !== 'edit_template') throw new Error('The check leads to no template')
      const { id, name, subject, bodyText } = await api.templates.get({ id: foreign.fix.templateId })
      const confirm = (confirmedTexts: string[]) =>
        api.templates.update({ id, name, subject, bodyText, confirmedTexts })
      await confirm(['[First Name]', '%CITY%', '{never|was there}'])
      expect((await api.templates.get({ id })).confirmedTexts).toEqual(['[First Name]', '%CITY%'])
      expect(await refusal(api.campaigns.start({ campaignId }))).toContain('replace: {Dear|Hi}. Nothing')
      await confirm(['[First Name]', '%CITY%', '{Dear|Hi}'])
      expect(await api.campaigns.start({ campaignId })).toMatchObject({ emailsScheduled: 1 })
      await api.campaigns.stop({ campaignId })
    })

    it('an offset as the zone of a campaign or of the settings; old names and any case are stored as they are called now', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Elsewhere' })
      const offset = 'is an offset, which knows no summer time: name a place, such as Asia/Kolkata'
      expect(await refusal(api.campaigns.update({ campaignId, patch: { timezone: '+02:00' } }))).toContain(offset)
      expect(await refusal(api.settings.update({ defaultTimezone: 'UTC+2' }))).toContain(offset)
      await api.campaigns.update({ campaignId, patch: { timezone: 'asia/katmandu' } })
      expect((await api.campaigns.get({ campaignId })).timezone).toBe('Asia/Kathmandu')
      expect(await api.campaigns.forecast({ campaignId })).toBeDefined()
    })

    it('a start without the postal address that the law asks for', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'No address' })
      await api.settings.update({ postalAddress: '' })
      expect(await refusal(api.campaigns.start({ campaignId }))).toBe(
        `"No address" can't start: Your postal address is missing. Nothing was changed.`,
      )
      await api.settings.update({ postalAddress: 'Main Street 1, Berlin' })
    })

    it('a change of the plan once the campaign runs', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Fixed' })
      await api.campaigns.start({ campaignId })
      expect(await refusal(api.campaigns.update({ campaignId, patch: { dailyLimit: 5 } }))).toBe(
        '"Fixed" is running: its leads, sequence and schedule are fixed. Nothing was changed. Change shows what other leads or another sequence would do, and applies it. For anything else duplicate it.',
      )
      await api.campaigns.update({ campaignId, patch: { name: 'Renamed' } })
      expect((await api.campaigns.get({ campaignId })).name).toBe('Renamed')
      await api.campaigns.stop({ campaignId })
    })

    it('fields that mean nothing for the type, leaving no campaign behind', async () => {
      const before = (await api.campaigns.list({ type: 'lead_generation' })).total
      expect(await refusal(api.campaigns.create({ campaignType: 'lead_generation', dailyLimit: 5 }))).toBe(
        '"dailyLimit" means nothing for a campaign of type lead generation. Nothing was saved.',
      )
      expect((await api.campaigns.list({ type: 'lead_generation' })).total).toBe(before)
      const { id: campaignId } = await api.campaigns.create({ name: 'Plain' })
      expect(await refusal(api.campaigns.update({ campaignId, patch: { isRecurring: true } }))).toBe(
        '"isRecurring" means nothing for a campaign of type outreach. Nothing was saved.',
      )
    })

    it('deleting what was sent', async () => {
      const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Record' })
      await api.campaigns.start({ campaignId })
      expect(await refusal(api.campaigns.delete({ campaignId }))).toBe(
        '"Record" is running and holds the record of its emails, so it was not deleted.',
      )
      await api.campaigns.stop({ campaignId })
    })
  })
})
