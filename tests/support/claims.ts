import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import { ensureDays, type LimitDays, markSending } from '@/db/queries/delivery/mark-sending'
import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { type Engine, startOutreach } from './engine'

const HOUR_MS = 3_600_000
/** The day on which the clock of an engine begins. */
export const TODAY = '2026-03-02'
export const LEASE_UNTIL = new Date('2030-01-01T00:00:00Z')

/** An email as it was when it was decided to leave. */
export type Written = { id: string; email: string; leadId: string; campaignId: string }
type Claiming = { uncontested?: boolean; nextSendAt?: Date | null; day?: Partial<LimitDays>; daysExist?: boolean }

/** Ids of written emails. */
export const ids = (...emails: (Written | undefined)[]) => emails.map((email) => email?.id)

/** Claims of one engine's only mailbox, statement by statement. */
export async function createClaims(engine: Engine) {
  const { db, clock } = engine
  const { sql } = engine.deps
  const { id: mailboxId } = await db.mailbox.findFirstOrThrow()
  const later = (hours: number) => new Date(clock.now().getTime() + hours * HOUR_MS)

  /** Takes limits, reservations and pace of the mailbox back, and what was suppressed. */
  async function reset() {
    await db.mailbox.update({ where: { id: mailboxId }, data: { dailyLimit: null, nextSendAt: null } })
    await db.mailboxDay.deleteMany()
    await db.suppression.deleteMany()
  }

  /** A started campaign with its emails, in the order of their ids. */
  async function write(leads: number, days = [0]) {
    const campaign = await startOutreach(engine, { leads, days })
    const rows = await db.scheduledEmail.findMany({
      where: { campaignId: campaign.id },
      include: { lead: true },
      orderBy: { id: 'asc' },
    })
    const emails = rows.map(
      ({ id, lead, leadId, campaignId }): Written => ({ id, email: lead.email, leadId, campaignId }),
    )
    return { ...campaign, emails }
  }

  /** Claims what was written, made from what is stored now, in this order, and returns those that were claimed. */
  async function claim(
    emails: readonly Written[],
    { uncontested = true, nextSendAt = null, day, daysExist = false }: Claiming = {},
  ) {
    const campaigns = [...new Set(emails.map(({ campaignId }) => campaignId))]
    const campaignDays = campaigns.map((campaignId) => ({ campaignId, day: TODAY }))
    const days: LimitDays = { mailboxId, mailboxDay: TODAY, campaignDays, ...day }
    if (!daysExist) await ensureDays(sql, days)
    const facts = await selectEmailFacts(
      sql,
      emails.map(({ id }) => id),
    )
    const versions = new Map(facts.map(({ id, contentVersion }) => [id, contentVersion]))
    const claimed = await markSending(sql, {
      ...days,
      emails: emails.map(({ id, email }) => ({ id, email, uncontested, contentVersion: versions.get(id) ?? '' })),
      senderVersion: (await selectSenderVersion(sql, mailboxId))?.version ?? '',
      nextSendAt,
      contactedBefore: later(-24),
      now: clock.now(),
      leaseUntil: LEASE_UNTIL,
    })
    const marked = new Set(claimed.map(({ id }) => id))
    return emails.filter(({ id }) => marked.has(id)).map(({ id }) => id)
  }

  /** Part reserved today of the mailbox's limit and of the campaign's. */
  const reservedOf = async (campaignId: string) => ({
    mailbox: (await db.mailboxDay.findFirst({ where: { mailboxId, day: new Date(TODAY) } }))?.reserved,
    campaign: (await db.campaignDay.findFirst({ where: { campaignId, day: new Date(TODAY) } }))?.reserved,
  })

  return { mailboxId, later, reset, write, claim, reservedOf }
}
export type Claims = Awaited<ReturnType<typeof createClaims>>
