import {
  BATCH,
  buildWorkflow,
  CAMPAIGN,
  importLeads,
  mendTemplate,
  review,
  WORKFLOW,
  writeTemplates,
} from './parts/preparing'
import { checkTheEnd, expectStepSent, pauseUntilDue, resume } from './parts/sending'
import { createOwner, OWNER } from './screens/account'
import { statusOnScreen } from './screens/campaign'
import { checksOf, draftCampaign, start, startButton } from './screens/draft'
import { setPostalAddress } from './screens/settings'
import { expect, test } from './support/installation'

// A day passes in 45 seconds: long enough to look at it in, also where another file shares the processor.
test.use({
  reducedMotion: 'no-preference',
  installation: { name: 'whole-path', clock: { start: '2026-03-02T08:00:00Z', speed: 1_920 } },
})

test('from an empty installation to a finished three-step campaign', async ({ page, app, database }) => {
  test.setTimeout(600_000)

  await test.step('create the owner', async () => {
    await createOwner(page, app)
    expect(await database.rows('SELECT name, email, role FROM users')).toEqual([
      { name: OWNER.name, email: OWNER.email, role: 'owner' },
    ])
    // The zone of the browser.
    expect(await database.one('SELECT s.default_timezone, m.timezone FROM settings s, mailboxes m')).toEqual({
      default_timezone: 'Europe/Berlin',
      timezone: 'Europe/Berlin',
    })
  })

  await test.step('set the postal address', async () => {
    const sender = { company: 'Nexa Ltd', address: '1 Harbour Street\n24103 Kiel\nGermany' }
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    await expect(page.getByLabel('Postal address')).toBeFocused()
    await expect(page.getByLabel('Postal address')).toBeInViewport()
    const card = page.getByRole('region', { name: 'Who you are' })
    await expect(card.getByRole('button', { name: 'Save changes' })).toBeInViewport()
    await setPostalAddress(page, sender)
    await page.getByRole('link', { name: 'Back to your first campaign' }).click()
    await expect(page.getByRole('region', { name: 'Your first campaign' })).toContainText('2 of 4 done')
    expect(await database.one('SELECT company_name, postal_address FROM settings')).toEqual({
      company_name: sender.company,
      postal_address: sender.address,
    })
  })

  await test.step('import leads', () => importLeads(page, database))

  const templateId = await test.step('write three templates', () => writeTemplates(page, database))

  await test.step('build a workflow', () => buildWorkflow(page, database))

  const campaignId = await test.step('draft, mend and start a campaign', async () => {
    const id = await draftCampaign(page, {
      name: CAMPAIGN,
      batch: BATCH,
      workflow: WORKFLOW,
      timezone: 'Europe/Berlin',
    })
    await expect(checksOf(page).first()).toContainText('"frist_name" in step 1 is not a variable')
    await expect(checksOf(page).first()).toContainText('Did you mean first_name?')
    await expect(startButton(page, 'Start: 36 emails to 12 leads')).toBeDisabled()
    await mendTemplate(page, database, templateId)
    await review(page, database, id)
    await start(page, { emails: 36, leads: 12 })
    return id
  })

  await test.step('step 1 leaves', async () => {
    expect(await database.ledgerOf(campaignId)).toMatchObject({ planned: 36, failed: 0, skipped: 0, held: 0 })
    expect(await database.campaign(campaignId)).toMatchObject({ status: 'running', total_leads_targeted: 12 })
    await expectStepSent(page, database, campaignId, 1)
    expect(await database.count("leads WHERE status = 'contacted' AND emails_sent = 1")).toBe(12)
  })

  await test.step('pause: nothing leaves, not even when it is due', () => pauseUntilDue(page, database, campaignId))

  await test.step('resume after seeing what moves', () => resume(page, database, campaignId))

  await test.step('step 2 leaves, and the campaign still runs', async () => {
    await expectStepSent(page, database, campaignId, 2)
    expect(await database.campaign(campaignId)).toMatchObject({ status: 'running', completed_at: null })
    expect(await database.count("leads WHERE status = 'follow_up_1' AND emails_sent = 2")).toBe(12)
  })

  await test.step('step 3 leaves, and only then is it completed', async () => {
    await expect(statusOnScreen(page, 'Completed')).toBeVisible({ timeout: 240_000 })
    await expectStepSent(page, database, campaignId, 3)
    expect(await database.statusOf(campaignId)).toBe('completed')
    expect(await database.count("leads WHERE status = 'follow_up_2' AND emails_sent = 3")).toBe(12)
  })

  await test.step('what was sent is what was promised', () => checkTheEnd(page, database, campaignId))
})
