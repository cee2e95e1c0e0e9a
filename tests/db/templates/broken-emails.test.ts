import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '@/domain/errors'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { BY, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'

const OLD = 'Step 1 for {{ company_name }}'

describe('saving a template that planned emails use', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  type Campaign = Awaited<ReturnType<typeof createOutreach>>
  const templateOf = ({ workflow }: Campaign) => workflow.steps[0]?.emailTemplateId ?? ''
  const save = (campaign: Campaign, change: { subject?: string; bodyText?: string; confirmed?: boolean }) =>
    updateTemplate(engine.deps, {
      id: templateOf(campaign),
      name: 'Step 1',
      subject: OLD,
      bodyText: 'Hello {{ first_name }}',
      by: BY,
      ...change,
    })
  const subjectOf = async (campaign: Campaign) =>
    (await engine.db.emailTemplate.findUniqueOrThrow({ where: { id: templateOf(campaign) } })).subject
  /** The number of emails and the words with which the save is refused; null when it is done. */
  const refusalOf = async (saving: Promise<unknown>) => {
    const error = await saving.then(
      () => null,
      (reason: unknown) => reason,
    )
    if (error === null) return null
    if (!(error instanceof DomainError)) throw error
    return { code: error.code, message: error.message, emails: error.details.emails }
  }

  it('is refused with the number and the unknown variable, and nothing is saved, until it is confirmed', async () => {
    const campaign = await startOutreach(engine, { leads: 5, days: [0, 1] })
    expect(await refusalOf(save(campaign, { subject: '{{ nosuch }}' }))).toEqual({
      code: 'unconfirmed',
      message: '5 planned emails could not be made: {{ nosuch }} is not known. Nothing was saved.',
      emails: 5,
    })
    expect(await subjectOf(campaign)).toBe(OLD)
    expect(await refusalOf(save(campaign, { subject: '{{ nosuch }}', confirmed: true }))).toBeNull()
    expect(await subjectOf(campaign)).toBe('{{ nosuch }}')
  })

  it('counts those alone whose lead lacks the value, and asks for nothing where a fallback stands in', async () => {
    const campaign = await startOutreach(engine, { leads: 5, days: [0] })
    const ids = campaign.leads.slice(2).map(({ id }) => id)
    await engine.db.lead.updateMany({ where: { id: { in: ids } }, data: { city: 'Hamburg' } })
    expect(await refusalOf(save(campaign, { bodyText: 'From {{ city }}' }))).toMatchObject({
      message: '2 planned emails could not be made: No value for city. Nothing was saved.',
    })
    // What a comparison writes depends on the value itself.
    const compared = '{% if city == "Hamburg" %}{{ phone }}{% endif %}Hello'
    expect(await refusalOf(save(campaign, { bodyText: compared }))).toMatchObject({ emails: 3 })
    expect(await refusalOf(save(campaign, { subject: '{% if city %}Hello{% endif %}' }))).toMatchObject({ emails: 2 })
    expect(await refusalOf(save(campaign, { bodyText: 'From {{ city | default: "afar" }}' }))).toBeNull()
  })

  it('asks for nothing because of emails that could not be made before, that have left, or that nobody planned', async () => {
    const campaign = await startOutreach(engine, { leads: 4, days: [0, 1] })
    const [first] = campaign.leads
    await engine.db.lead.update({ where: { id: first?.id ?? '' }, data: { companyName: null } })
    expect(await refusalOf(save(campaign, { subject: '{{ company_name }}, hello' }))).toBeNull()
    await engine.work()
    expect(await refusalOf(save(campaign, { subject: '{{ nosuch }}' }))).toBeNull()
    expect(await refusalOf(save(await createOutreach(engine, { leads: 1 }), { subject: '{{ nosuch }}' }))).toBeNull()
  })

  it('counts every one of many', async () => {
    const campaign = await startOutreach(engine, { leads: 1_003, days: [0] })
    expect(await refusalOf(save(campaign, { subject: '{{ phone }}' }))).toMatchObject({ emails: 1_003 })
  })
})
