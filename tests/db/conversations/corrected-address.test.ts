import { describe, expect, it } from 'vitest'
import { updateLead } from '@/use-cases/leads/update-lead'
import { allWithContactedLead, READ_AT } from '../../support/conversation/reading-stage'

const stage = allWithContactedLead()

const from = (address: string) =>
  `From: ${address}\r\nTo: sam@nexa.example\r\nSubject: Your email\r\nMessage-ID: <${address}>\r\n\r\nThat sounds good.\r\n`

describe('an answer without ids, after the address of the lead was corrected', () => {
  const correct = (email: string) => updateLead(stage.engine.deps, { id: stage.ids.leadId, email, by: null })
  const found = () =>
    stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' }, select: { fromEmail: true, matchedBy: true } })

  it.each([0, 1, 2])('belongs to the lead from each of its addresses: number %i of three', async (which) => {
    const { db } = stage.engine
    const { email: first } = await db.lead.findUniqueOrThrow({ where: { id: stage.ids.leadId } })
    const addresses = [first, 'ute.winter@gmail.com', 'ute@elsewhere.example']
    for (const address of addresses.slice(1)) await correct(address)
    const address = addresses[which] ?? ''
    stage.server.put('inbox', from(address), READ_AT)
    stage.server.put('inbox', from('somebody@else.example'), READ_AT)
    await stage.read()
    expect(await found()).toEqual([
      { fromEmail: address, matchedBy: 'sender' },
      { fromEmail: 'somebody@else.example', matchedBy: null },
    ])
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
  })

  it('by a colleague at the company of the new one, too', async () => {
    await correct('ute@elsewhere.example')
    stage.server.put('inbox', from('max@elsewhere.example'), READ_AT)
    await stage.read()
    expect(await found()).toEqual([{ fromEmail: 'max@elsewhere.example', matchedBy: 'company' }])
  })

  it('is kept with nobody once the lead is deleted: its former addresses go along', async () => {
    const { db } = stage.engine
    await correct('ute@elsewhere.example')
    expect(await db.leadFormerAddress.count()).toBe(1)
    await db.lead.deleteMany()
    expect(await db.leadFormerAddress.count()).toBe(0)
  })
})
