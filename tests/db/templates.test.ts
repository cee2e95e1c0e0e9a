import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '@/domain/errors'
import { createTemplate } from '@/use-cases/create-template'
import { deleteTemplate } from '@/use-cases/delete-template'
import { getTemplate } from '@/use-cases/get-template'
import { listTemplates } from '@/use-cases/list-templates'
import { previewTemplate } from '@/use-cases/preview-template'
import { sendTest } from '@/use-cases/send-test'
import { updateTemplate } from '@/use-cases/update-template'
import { BY, createEngine, createWorkflow, type Engine, startOutreach } from '../support/engine'

let engine: Engine

beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const content = (change: object = {}) => ({
  name: 'Introduction',
  subject: 'Hello',
  bodyText: 'Hi {{ first_name }}',
  by: BY,
  ...change,
})
const create = (change: object = {}) => createTemplate(engine.deps, content(change))
const addLead = (lead: object) =>
  engine.db.lead.create({ data: { email: `${crypto.randomUUID()}@x.example`, ...lead } })

describe('saving', () => {
  it('keeps what was typed, and takes a blank HTML body for none', async () => {
    const { id } = await create({ subject: '  Hello ', bodyText: ' Hi\n', bodyHtml: ' \n' })
    expect(await getTemplate(engine.deps, { id })).toMatchObject({
      name: 'Introduction',
      subject: 'Hello',
      bodyText: ' Hi\n',
      bodyHtml: null,
      createdAt: engine.clock.now(),
      problems: [],
    })
  })

  it('saves a misspelt variable and says which one was probably meant', async () => {
    const { id, problems } = await create({ bodyText: 'Hi {{ compnay_name }} from {{ planet }}' })
    const expected = [
      { level: 'warning', part: 'bodyText', message: '"compnay_name" is not a variable. Did you mean "company_name"?' },
      { level: 'warning', part: 'bodyText', message: '"planet" is not a variable.' },
    ]
    expect(problems).toEqual(expected)
    expect((await getTemplate(engine.deps, { id })).problems).toEqual(expected)
  })

  it.each([
    [{ bodyText: 'Hi {{ first_name' }, 'The text body, line 1: {{ first_name is never closed.'],
    [{ bodyText: 'Hi\n{{ x | shout }}' }, 'The text body, line 2: there is no filter "shout".'],
    [{ subject: '  ' }, 'The subject is empty.'],
    [
      { bodyHtml: '{% include "x" %}' },
      'The HTML body, line 1: the tag {% include %} is not available; if, unless, assign, comment, raw are.',
    ],
  ])('refuses %o', async (change, message) => {
    const before = await engine.db.emailTemplate.count()
    await expect(create(change)).rejects.toThrow(message)
    expect(await engine.db.emailTemplate.count()).toBe(before)
  })

  it('does not overwrite what somebody else saved meanwhile', async () => {
    const { id, updatedAt } = await create()
    engine.clock.advance(1000)
    const second = await updateTemplate(engine.deps, { id, ...content({ subject: 'Theirs' }), seenAt: updatedAt })
    engine.clock.advance(1000)
    await expect(
      updateTemplate(engine.deps, { id, ...content({ subject: 'Mine' }), seenAt: updatedAt }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Somebody saved this template while you were editing. Nothing was saved. Copy your text, reload, and save again.',
    })
    await updateTemplate(engine.deps, { id, ...content({ subject: 'Again' }), seenAt: second.updatedAt })
    expect((await getTemplate(engine.deps, { id })).subject).toBe('Again')
  })

  it('says of a template that is gone that nothing was saved', async () => {
    await expect(updateTemplate(engine.deps, { id: crypto.randomUUID(), ...content() })).rejects.toThrow(
      'This template does not exist any more. Nothing was saved.',
    )
  })
})

describe('use', () => {
  it('counts workflows and campaigns that send it', async () => {
    const campaign = await startOutreach(engine, { leads: 2, name: 'Autumn', days: [0, 1] })
    const [first] = campaign.workflow.steps
    const templateId = first?.emailTemplateId ?? ''
    await engine.db.workflowStep.create({
      data: { workflowId: campaign.workflow.id, stepNumber: 3, emailTemplateId: templateId, daysAfterPrevious: 1 },
    })
    expect((await listTemplates(engine.deps)).find(({ id }) => id === templateId)?.usedBy).toEqual({
      workflows: 1,
      campaigns: 0,
    })
    expect((await getTemplate(engine.deps, { id: templateId })).usedBy).toMatchObject({
      workflows: [{ id: campaign.workflow.id, name: '2 steps' }],
      campaigns: [{ id: campaign.id, name: 'Autumn', status: 'running' }],
      mailsPlanned: 2,
    })
  })

  it('is not deleted while a workflow uses it, nor after its mails are planned', async () => {
    const campaign = await startOutreach(engine, { leads: 1, name: 'Winter', days: [0] })
    const templateId = campaign.workflow.steps[0]?.emailTemplateId ?? ''
    await expect(deleteTemplate(engine.deps, { id: templateId, by: BY })).rejects.toThrow(
      'Template "Step 1" is used by workflow "1 steps". Nothing was deleted. Choose another template there first.',
    )
    const { id: other } = await create()
    await engine.db.workflowStep.updateMany({
      where: { emailTemplateId: templateId },
      data: { emailTemplateId: other },
    })
    await expect(deleteTemplate(engine.deps, { id: templateId, by: BY })).rejects.toMatchObject({
      code: 'in_use',
      message:
        'Template "Step 1" is used by campaign "Winter" (running). Nothing was deleted. It belongs to that campaign\'s history.',
    })
    expect(await engine.db.emailTemplate.count({ where: { id: templateId } })).toBe(1)
  })

  it('is refused by the database too, when it comes into use between the look and the deletion', async () => {
    const { id } = await create({ name: 'Raced' })
    const workflow = await createWorkflow(engine, { days: [0] })
    const blind = { ...engine.deps, db: lookingAway(engine.deps.db) }
    await engine.db.workflowStep.updateMany({ where: { workflowId: workflow.id }, data: { emailTemplateId: id } })
    await expect(deleteTemplate(blind, { id, by: BY })).rejects.toThrow(
      'Template "Raced" is used by workflow "1 steps".',
    )
  })

  it('is deleted when nothing uses it', async () => {
    const { id } = await create()
    await deleteTemplate(engine.deps, { id, by: BY })
    await expect(getTemplate(engine.deps, { id })).rejects.toThrow(DomainError)
    await expect(deleteTemplate(engine.deps, { id, by: BY })).rejects.toThrow('Nothing was deleted.')
  })
})

/** Sees no workflow the first time it is asked. */
function lookingAway(db: Engine['db']): Engine['db'] {
  let looked = false
  return new Proxy(db, {
    get(target, property) {
      if (property !== 'workflow') return Reflect.get(target, property)
      return {
        findMany: (...args: Parameters<typeof db.workflow.findMany>) => {
          if (looked) return target.workflow.findMany(...args)
          looked = true
          return Promise.resolve([])
        },
      }
    },
  })
}

it('lists by name and finds by name or subject, taking % for a letter', async () => {
  await create({ name: 'Zebra 100%', subject: 'Stripes' })
  expect((await listTemplates(engine.deps, { search: 'stRIPes' })).map(({ name }) => name)).toEqual(['Zebra 100%'])
  expect((await listTemplates(engine.deps, { search: '0%' })).map(({ name }) => name)).toEqual(['Zebra 100%'])
  expect(await listTemplates(engine.deps, { search: 'z%a' })).toEqual([])
})

describe('preview', () => {
  beforeEach(async () => {
    await engine.db.scheduledEmail.deleteMany()
    await engine.db.lead.deleteMany()
  })

  const template = {
    subject: 'About {{ company_name }}',
    bodyText: 'Hi {{ first_name }}, {{ city }} {{ tool | default: "-" }}',
    bodyHtml: '<b>{{ company_name }}</b>',
  }

  it('shows the mail as the lead would get it, with footer, and the fill rates of all leads', async () => {
    const lead = await addLead({
      contactName: 'Ada Winter',
      companyName: 'A & B',
      city: 'Kiel',
      customFields: { tool: 'Hammer' },
    })
    await addLead({ companyName: ' ', firstName: 'Bo' })
    const preview = await previewTemplate(engine.deps, { template, lead: { id: lead.id } })
    expect(preview).toMatchObject({
      subject: 'About A & B',
      text: 'Hi Ada, Kiel Hammer\n\nNexa, Main Street 1, 10115 Berlin\nUnsubscribe: http://localhost:3000/u/preview\n',
      missing: [],
      failure: null,
      to: { name: 'Ada Winter', address: lead.email },
      lead: { id: lead.id, index: 0, name: 'Ada Winter' },
      totalLeads: 2,
    })
    expect(preview.html).toContain('<b>A &amp; B</b>')
    const rate = (name: string) => preview.fillRates.find(({ variable }) => variable === name)
    expect(rate('company_name')).toMatchObject({ filled: 1, total: 2, fallback: null, custom: false })
    expect(rate('first_name')).toMatchObject({ filled: 2, total: 2, fallback: 'there' })
    expect(rate('tool')).toEqual({ variable: 'tool', label: 'tool', filled: 1, total: 2, fallback: null, custom: true })
    expect(preview.problems).toEqual([
      {
        level: 'warning',
        part: 'bodyText',
        message: '"city" is empty for 1 of 2 leads. Give it a fallback: {{ city | default: "..." }}',
      },
      {
        level: 'warning',
        part: 'subject',
        message: '"company_name" is empty for 1 of 2 leads. Give it a fallback: {{ company_name | default: "..." }}',
      },
    ])
  })

  it('finds the lead for whom most of the used variables are missing, and marks the gaps', async () => {
    await addLead({ companyName: 'Full', city: 'Kiel' })
    const bare = await addLead({ phone: '1', website: 'x.example', country: 'Peru' })
    await addLead({ companyName: 'No city' })
    const preview = await previewTemplate(engine.deps, { template, lead: 'worst' })
    expect(preview).toMatchObject({
      lead: { id: bare.id },
      subject: 'About [company_name]',
      missing: ['company_name', 'city'],
      failure: 'No value for company_name, city.',
    })
    expect(preview.text).toMatch(/^Hi there, \[city\] -\n/)
  })

  it('walks through the leads, oldest first', async () => {
    const leads = [await addLead({ companyName: 'One', city: 'x' }), await addLead({ companyName: 'Two', city: 'x' })]
    for (const [index, { id }] of leads.entries()) {
      expect((await previewTemplate(engine.deps, { template, lead: { index } })).lead).toMatchObject({ id, index })
    }
    expect((await previewTemplate(engine.deps, { template, lead: { index: 2 } })).lead).toBeNull()
  })

  it('uses examples where there is no lead', async () => {
    const preview = await previewTemplate(engine.deps, {
      template: { ...template, bodyText: 'Hi {{ first_name }}, {{ sender_name }}' },
    })
    expect(preview).toMatchObject({
      lead: null,
      totalLeads: 0,
      subject: 'About Nordwind GmbH',
      failure: null,
      problems: [],
    })
  })

  it('says what is wrong instead of showing a template that cannot be read', async () => {
    await addLead({})
    const preview = await previewTemplate(engine.deps, { template: { subject: 'x', bodyText: '{{ x' } })
    expect(preview).toMatchObject({
      subject: null,
      text: null,
      html: null,
      failure: 'The text body, line 1: {{ x is never closed.',
      problems: [{ level: 'error', part: 'bodyText' }],
    })
  })

  it('shows a saved template by its id, and names what does not exist', async () => {
    const { id } = await create()
    expect((await previewTemplate(engine.deps, { template: { templateId: id } })).subject).toBe('Hello')
    const gone = crypto.randomUUID()
    await expect(previewTemplate(engine.deps, { template: { templateId: gone } })).rejects.toThrow(
      'does not exist any more',
    )
    await expect(previewTemplate(engine.deps, { template, lead: { id: gone } })).rejects.toThrow(
      'This lead does not exist any more.',
    )
  })
})

describe('test mail', () => {
  beforeEach(async () => {
    await engine.db.scheduledEmail.deleteMany()
    await engine.db.lead.deleteMany()
    engine.sink.received.length = 0
  })

  const template = { subject: 'About {{ company_name }}', bodyText: 'Hi {{ first_name }}' }

  it('sends one mail through the first mailbox and touches no lead', async () => {
    const lead = await addLead({ companyName: 'Nordwind', firstName: 'Ada' })
    const answer = await sendTest(engine.deps, { template, to: ' me@x.example ', by: BY })
    expect(answer).toMatchObject({ to: 'me@x.example', subject: '[Test] About Nordwind' })
    expect(engine.sink.received).toHaveLength(1)
    const [mail] = engine.sink.received
    expect(mail).toMatchObject({ to: 'me@x.example', from: answer.from, subject: '[Test] About Nordwind' })
    expect(mail?.raw).toContain('Hi Ada')
    expect(mail?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(await engine.db.lead.findUnique({ where: { id: lead.id } })).toEqual(lead)
    expect(await engine.db.email.count({ where: { leadId: lead.id } })).toBe(0)
  })

  it.each([
    ['two@x.example, three@x.example', '"two@x.example, three@x.example" is not an e-mail address. Nothing was sent.'],
    ['nobody', '"nobody" is not an e-mail address. Nothing was sent.'],
  ])('refuses %s', async (to, message) => {
    await expect(sendTest(engine.deps, { template, to, by: BY })).rejects.toThrow(message)
    expect(engine.sink.received).toHaveLength(0)
  })

  it('refuses a mail with gaps, naming the lead they come from', async () => {
    const lead = await addLead({})
    await expect(sendTest(engine.deps, { template, to: 'me@x.example', by: BY })).rejects.toThrow(
      `No value for company_name. The values are those of ${lead.email}. Nothing was sent.`,
    )
  })

  it('says what the mail server answered', async () => {
    await addLead({ companyName: 'Nordwind' })
    engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.1.1 No such user' })
    await expect(sendTest(engine.deps, { template, to: 'me@x.example', by: BY })).rejects.toThrow(
      /^The test mail was not accepted: 550 .*No such user/,
    )
    engine.sink.behave = () => undefined
  })
})
