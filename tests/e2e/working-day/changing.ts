import { expect, type Page, test } from 'playwright/test'
import { expectInStep, readLedger, statusOnScreen } from '../screens/campaign'
import type { Hand } from './hands'
import type { Day } from './morning'

const button = (page: Page, name: string) => page.getByRole('button', { name })
const effectOf = (page: Page) => page.getByRole('region', { name: 'What happens' })
const changesOf = (page: Page) => page.getByRole('region', { name: 'Changes' })

const TIMES = `SELECT id, scheduled_for AS at, status FROM scheduled_emails
  WHERE campaign_id = $1 AND lead_id IN (SELECT bl.lead_id FROM batch_leads bl JOIN lead_batches b ON b.id = bl.batch_id
    WHERE b.name = $2) ORDER BY id`

/** The form of a proposal to change the day's campaign. */
async function openChange(hand: Hand, { name }: Day) {
  const { page } = hand
  await hand.goTo('Campaigns', name)
  await expect(statusOnScreen(page, 'Running')).toBeVisible()
  await hand.press(page.getByRole('link', { name: 'Change', exact: true }))
  await expect(page.getByRole('heading', { level: 1, name: 'Change' })).toBeVisible()
  await expect(button(page, 'See the effect')).toBeDisabled()
}

const tickBatch = (hand: Hand, name: string) =>
  hand.tick(
    hand.page.getByRole('list', { name: 'Batches to add' }).getByRole('checkbox', { name: new RegExp(`^${name}`) }),
  )

async function apply(hand: Hand, version: number) {
  const { page } = hand
  await hand.press(button(page, 'Apply'))
  await expect(page.getByText(`Changed. This is version ${version} of the campaign.`)).toBeVisible()
  await expect(changesOf(page).getByText(`Version ${version}`, { exact: false }).first()).toBeVisible()
}

/** Leads join and a wait grows longer, once the effect was seen; both are taken back by a new proposal. */
export async function changeAndTakeBack(hand: Hand, day: Day, look: (what: string) => Promise<void>) {
  const { page } = hand
  const { campaignId, database, emailed, joiningLeads, restingLeads } = day
  const times = () => database.rows(TIMES, [campaignId, day.batch])
  const before = await times()
  const { sent, planned, cancelled } = await database.ledgerOf(campaignId)
  const wait = page.getByLabel('Days before step 2')

  await test.step('the effect is seen in numbers and on the calendar, and nothing has changed by looking', async () => {
    await openChange(hand, day)
    await tickBatch(hand, day.joining)
    await hand.type(wait, '0')
    await hand.press(button(page, 'See the effect'))
    await expect(page.getByText('A whole number from 1 to 365.')).toBeVisible()
    await hand.type(wait, '6')
    await hand.press(button(page, 'See the effect'))
    await expect(effectOf(page).getByText(new RegExp(`^${2 * restingLeads} emails`))).toBeVisible()
    await expect(effectOf(page).getByText(`${3 * joiningLeads} emails to ${joiningLeads} leads`)).toBeVisible()
    for (const when of ['with the change', 'as planned now'])
      await expect(effectOf(page).getByRole('list', { name: `Planned emails by day, ${when}` })).toBeVisible()
    await look('effect of a change')
    expect(await times()).toEqual(before)
    expect(await database.ledgerOf(campaignId)).toMatchObject({ planned })
  })

  await test.step('it is applied: who joined is emailed', async () => {
    await apply(hand, 2)
    await expect(changesOf(page)).toContainText(`${2 * restingLeads} emails re-timed`)
    await expect(changesOf(page)).toContainText(`${emailed} emails stay as they are`)
    expect(await times()).not.toEqual(before)
    await expect.poll(() => database.ledgerOf(campaignId)).toMatchObject({ sent: sent + joiningLeads })
  })

  await test.step('it is taken back by a new proposal: what was sent stays', async () => {
    await hand.press(changesOf(page).getByRole('link', { name: 'Undo version 2' }))
    await expect(page.getByRole('heading', { level: 1, name: 'Undo version 2' })).toBeVisible()
    await expect(wait).toHaveValue('4')
    await expect(effectOf(page)).toContainText(`${2 * joiningLeads} emails of ${joiningLeads} leads`)
    await look('undo of a change')
    await apply(hand, 3)
    await expect(changesOf(page).getByText('Version 3, undoes version 2')).toBeVisible()
    await look('history of changes')
    expect(await times()).toEqual(before)
    expect(await database.ledgerOf(campaignId)).toMatchObject({
      planned: planned + 3 * joiningLeads,
      sent: sent + joiningLeads,
      cancelled: cancelled + 2 * joiningLeads,
    })
  })
}

/** Leads that its batch got meanwhile join, and are emailed. */
export async function letJoin(hand: Hand, day: Day, { leads, version }: { leads: number; version: number }) {
  const { page } = hand
  const { sent } = await day.database.ledgerOf(day.campaignId)
  await openChange(hand, day)
  await tickBatch(hand, day.batch)
  await hand.press(button(page, 'See the effect'))
  await expect(effectOf(page).getByText(`${3 * leads} emails to ${leads} leads`)).toBeVisible()
  await apply(hand, version)
  await expect.poll(() => day.database.ledgerOf(day.campaignId)).toMatchObject({ sent: sent + leads })
}

/** Screen and database say the same of the day's campaign, and its ledger balances: three emails to each lead. */
export async function expectBalance(hand: Hand, day: Day, { joinedLater }: { joinedLater: number }) {
  const { page } = hand
  await hand.goTo('Campaigns', day.name)
  await expect(statusOnScreen(page, 'Running')).toBeVisible()
  await expectInStep(page, day.database, day.campaignId)
  const sent = day.emailed + day.joiningLeads + joinedLater
  expect(await readLedger(page)).toEqual({
    ...{ planned: 3 * sent, sent, sending: 0, held: 0, failed: 0 },
    pending: 2 * (day.restingLeads + joinedLater),
    skipped: 2 * day.newestFirst.length,
    cancelled: 2 * day.joiningLeads,
  })
}
