import { describe, expect, it } from 'vitest'
import { selectColleagues } from '@/db/queries/conversations/act-on-answer'
import { lookUpEmails } from '@/db/queries/conversations/look-up-emails'
import { selectLeadsOfSuppressions } from '@/db/queries/suppression/insert-suppressions'
import { openSql, transaction } from '@/db/sql'
import { ID } from '../../support/conversation/contacted-lead'
import { allWithContactedLead, READ_AT } from '../../support/conversation/reading-stage'
import { openCountingPool } from '../../support/statement-work'

const stage = allWithContactedLead()

const from = (address: string, text: string) =>
  `From: ${address}\r\nTo: sam@nexa.example\r\nSubject: A question\r\nMessage-ID: <${address}>\r\n\r\n${text}\r\n`

describe('people of a company', () => {
  it.each(['max@nordwind.example', 'max@at.nordwind.example'])(
    '%s counts for the lead at another part of the company, and whose domain only looks alike does not',
    async (colleague) => {
      const { db } = stage.engine
      const email = 'ute.winter@de.nordwind.example'
      await db.lead.update({ where: { id: stage.ids.leadId }, data: { email } })
      await db.email.update({ where: { id: ID }, data: { toEmail: email } })
      const strangers = ['max@ordwind.example', 'max@altnordwind.example', 'max@nordwind.example.elsewhere.example']
      for (const one of [...strangers, colleague]) stage.server.put('inbox', from(one, 'That sounds good.'), READ_AT)
      await stage.read()
      const found = await db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
      expect(found.map(({ fromEmail, matchedBy }) => [fromEmail, matchedBy])).toEqual([
        ...strangers.map((one) => [one, null]),
        [colleague, 'company'],
      ])
      expect(await stage.state()).toMatchObject({ lead: 'replied' })
    },
  )

  it('are found with as few looks among many leads: by their address, their domain, and all below it', async () => {
    const { pool, url } = stage.engine
    await pool.query(
      `INSERT INTO leads (email, status) SELECT 'p' || n || '@company' || n || '.example', 'new' FROM generate_series(1, 20000) n`,
    )
    await pool.query('VACUUM (ANALYZE)')
    const counting = openCountingPool(url)
    try {
      const sql = openSql(counting.pool)
      const domains = ['nordwind.example']
      const found = await lookUpEmails(sql, { messageIds: [], addresses: [], domains })
      expect(found.map(({ via, id }) => [via, id])).toEqual([['company', ID]])
      const hash = { kind: 'domain', hash: null } as const
      const entries = [
        { ...hash, value: 'company7.example' },
        { ...hash, value: 'example' },
      ]
      expect(await selectLeadsOfSuppressions(sql, entries)).toHaveLength(1)
      const colleagues = { campaignId: stage.ids.campaignId, domain: 'nordwind.example', exceptLeadId: ID }
      await transaction(sql, async (tx) =>
        expect(await selectColleagues(tx, colleagues)).toEqual([{ id: stage.ids.leadId }]),
      )
      expect(counting.most()).toBeLessThan(100)
    } finally {
      await counting.pool.end()
    }
  })
})
