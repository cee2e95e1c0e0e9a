import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTemplate } from '@/use-cases/templates/create-template'
import { previewTemplate } from '@/use-cases/templates/preview-template'
import { sendTest } from '@/use-cases/templates/send-test'
import { BY, createEngine, type Engine } from '../../support/engine'

let engine: Engine

beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const create = () =>
  createTemplate(engine.deps, { name: 'Introduction', subject: 'Hello', bodyText: 'Hi {{ first_name }}', by: BY })
const addLead = (lead: object) =>
  engine.db.lead.create({ data: { email: `${crypto.randomUUID()}@x.example`, ...lead } })

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

  it('shows the email as the lead would get it, with footer, and the fill rates of all leads', async () => {
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

  it('counts as first names those that emails greet by, and no others', async () => {
    const greeted = [
      { firstName: 'Liv' },
      { firstName: 'Dr. Åse' },
      { contactName: 'Berg, Prof. Liv' },
      { contactName: 'Liv Berg', lastName: 'Berg' },
    ]
    const nameless = [
      { contactName: 'Berg', lastName: 'Berg' },
      { contactName: 'van den Berg', lastName: 'van den Berg' },
      { contactName: 'Frau Berg' },
      { contactName: 'Team Innkjøp' },
      { firstName: 'L.', lastName: 'Berg' },
      { firstName: 'Sales' },
      {},
    ]
    for (const lead of [...greeted, ...nameless]) await addLead({ companyName: 'Fjell', city: 'Oslo', ...lead })
    const seen: string[] = []
    for (let index = 0; index < greeted.length + nameless.length; index++) {
      const { text } = await previewTemplate(engine.deps, { template, lead: { index } })
      seen.push(/^Hi (.*?),/.exec(text ?? '')?.[1] ?? '')
    }
    expect(seen).toEqual(['Liv', 'Åse', 'Liv', 'Liv', ...nameless.map(() => 'there')])
    const { fillRates } = await previewTemplate(engine.deps, { template })
    expect(fillRates.find(({ variable }) => variable === 'first_name')).toMatchObject({ filled: 4, total: 11 })
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

describe('test email', () => {
  beforeEach(async () => {
    await engine.db.scheduledEmail.deleteMany()
    await engine.db.lead.deleteMany()
    engine.sink.received.length = 0
  })

  const template = { subject: 'About {{ company_name }}', bodyText: 'Hi {{ first_name }}' }

  it('sends one email through the first mailbox and touches no lead', async () => {
    const lead = await addLead({ companyName: 'Nordwind', firstName: 'Ada' })
    const answer = await sendTest(engine.deps, { template, to: ' me@x.example ', by: BY })
    expect(answer).toMatchObject({ to: 'me@x.example', subject: '[Test] About Nordwind' })
    expect(engine.sink.received).toHaveLength(1)
    const [email] = engine.sink.received
    expect(email).toMatchObject({ to: 'me@x.example', from: answer.from, subject: '[Test] About Nordwind' })
    expect(email?.raw).toContain('Hi Ada')
    expect(email?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(await engine.db.lead.findUnique({ where: { id: lead.id } })).toEqual(lead)
    expect(await engine.db.email.count({ where: { leadId: lead.id } })).toBe(0)
  })

  it.each([
    ['two@x.example, three@x.example', '"two@x.example, three@x.example" is not an email address. Nothing was sent.'],
    ['nobody', '"nobody" is not an email address. Nothing was sent.'],
  ])('refuses %s', async (to, message) => {
    await expect(sendTest(engine.deps, { template, to, by: BY })).rejects.toThrow(message)
    expect(engine.sink.received).toHaveLength(0)
  })

  it('refuses an email with gaps, naming the lead they come from', async () => {
    const lead = await addLead({})
    await expect(sendTest(engine.deps, { template, to: 'me@x.example', by: BY })).rejects.toThrow(
      `No value for company_name. The values are those of ${lead.email}. Nothing was sent.`,
    )
  })

  it('says what the mail server answered', async () => {
    await addLead({ companyName: 'Nordwind' })
    engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.1.1 No such user' })
    await expect(sendTest(engine.deps, { template, to: 'me@x.example', by: BY })).rejects.toThrow(
      /^The test email was not accepted: 550 .*No such user/,
    )
    engine.sink.behave = () => undefined
  })
})
