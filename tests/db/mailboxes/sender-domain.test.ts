import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createDnsLookup } from '@/mail/dns-lookup'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { checkDomain } from '@/use-cases/mailboxes/check-domain'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, createOutreach, type Engine } from '../../support/engine'
import { FAILS, startNameServer } from '../../support/servers/name-server'

const KEY = `v=DKIM1; k=rsa; p=${'A'.repeat(392)}`

describe('the records of the domain that a mailbox sends from', () => {
  let engine: Engine
  let names: Awaited<ReturnType<typeof startNameServer>>
  let mailboxId: string
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    names = await startNameServer({
      'nexa.dev': {
        mx: [
          { priority: 20, exchange: 'alt.nexa.dev' },
          { priority: 5, exchange: 'mx.nexa.dev' },
        ],
        txt: ['some=other', 'v=spf1 include:spf.agency.dev ~all'],
      },
      'spf.agency.dev': { txt: ['v=spf1 include:_spf.google.com -all'] },
      '_spf.google.com': { txt: ['v=spf1 ip4:192.0.2.0/24 ~all'] },
      'k1._domainkey.nexa.dev': { txt: [KEY] },
      '_dmarc.nexa.dev': { txt: ['v=DMARC1; p=quarantine'] },
    })
    ;({ id: mailboxId } = await createMailbox(engine.deps, input()))
    const trip = {
      mailboxId,
      name: 'round_trip',
      outcome: 'ok',
      message: 'It arrived.',
      checkedAt: new Date(),
    } as const
    await engine.db.mailboxCheck.create({
      data: { ...trip, details: { signedBy: [{ domain: 'nexa.dev', selector: 'k1' }] } },
    })
  })
  afterEach(() => names.close())
  const input = () =>
    mailboxInput.parse({ name: 'Sales', fromName: 'Sam', fromEmail: 'sam@nexa.dev', smtpHost: 'smtp.gmail.com' })
  const check = (timeoutMs = 5_000) =>
    checkDomain(engine.deps, { mailboxId }, createDnsLookup({ servers: [names.server], timeoutMs }))
  const checks = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)?.checks ?? []
  const outcomes = async () => {
    const records = (await checks()).filter(({ name }) => name !== 'round_trip')
    return Object.fromEntries(records.map(({ name, outcome }) => [name, outcome]))
  }

  it('are looked up, with what they lead to and where the signature says its key is, and what is found is shown', async () => {
    expect(await outcomes()).toEqual({})
    await check()
    expect(await outcomes()).toEqual({ mx: 'ok', spf: 'ok', dkim: 'ok', dmarc: 'ok' })
    const found = Object.fromEntries((await checks()).map(({ name, details }) => [name, details?.found]))
    expect(found).toMatchObject({
      mx: ['mx.nexa.dev', 'alt.nexa.dev'],
      spf: ['v=spf1 include:spf.agency.dev ~all'],
      dkim: [KEY],
      dmarc: ['v=DMARC1; p=quarantine'],
    })
  })

  it('are missing where the name servers say so, and not known where they fail or say nothing', async () => {
    for (const name of Object.keys(names.zone)) delete names.zone[name]
    await check()
    expect(await outcomes()).toEqual({ mx: 'missing', spf: 'missing', dkim: 'missing', dmarc: 'missing' })
    const all = ['nexa.dev', 'k1._domainkey.nexa.dev', '_dmarc.nexa.dev']
    for (const name of all) names.zone[name] = FAILS
    await check()
    const unknown = { mx: 'unknown', spf: 'unknown', dkim: 'unknown', dmarc: 'unknown' }
    expect(await outcomes()).toEqual(unknown)
    for (const name of all) names.zone[name] = null
    await check(50)
    expect(await outcomes()).toEqual(unknown)
    expect((await checks()).find(({ name }) => name === 'dmarc')?.message).toBe(
      'The DMARC record of nexa.dev could not be looked up: the name servers gave no answer. Check again later.',
    )
  })

  it('end in a ring of includes, and stop where a receiver would', async () => {
    names.zone['nexa.dev'] = { txt: ['v=spf1 include:a.dev ~all'] }
    names.zone['a.dev'] = { txt: ['v=spf1 include:nexa.dev include:a.dev ~all'] }
    await check()
    expect((await outcomes()).spf).toBe('wrong')
    for (let i = 0; i < 40; i++) names.zone[`c${i}.dev`] = { txt: [`v=spf1 include:c${i + 1}.dev ~all`] }
    names.zone['nexa.dev'] = { txt: ['v=spf1 include:c0.dev ~all'] }
    names.asked.length = 0
    await check()
    expect((await outcomes()).spf).toBe('wrong')
    expect(names.asked.filter((question) => /^txt c\d+\.dev$/.test(question))).toHaveLength(11)
  })

  it('are forgotten with another From address, and not stored about one that was saved meanwhile', async () => {
    await check()
    await updateMailbox(engine.deps, { mailboxId, mailbox: { ...input(), fromEmail: 'sam@other.dev' } })
    expect(await outcomes()).toEqual({})
    const dns = createDnsLookup({ servers: [names.server] })
    await checkDomain(
      engine.deps,
      { mailboxId },
      {
        ...dns,
        mx: async (domain) => {
          await updateMailbox(engine.deps, { mailboxId, mailbox: input() })
          return dns.mx(domain)
        },
      },
    )
    expect(await outcomes()).toEqual({})
  })

  it('warn before a start where they are wrong or missing, and block nothing', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1, days: [0] })
    await engine.db.campaignMailbox.create({ data: { campaignId, mailboxId } })
    const warned = async () =>
      (await checkCampaign(engine.deps, { campaignId })).checks.flatMap((one) =>
        one.kind === 'sender_records' ? [[one.level, one.address, one.records]] : [],
      )
    await check()
    expect(await warned()).toEqual([])
    delete names.zone['_dmarc.nexa.dev']
    names.zone['nexa.dev'] = { txt: ['v=spf1 +all'] }
    names.zone['k1._domainkey.nexa.dev'] = FAILS
    await check()
    expect(await warned()).toEqual([['warn', 'sam@nexa.dev', ['mx', 'spf', 'dmarc']]])
  })
})
