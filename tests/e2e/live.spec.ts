import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { signIn } from './screens/account'
import { openCampaign, statusOnScreen } from './screens/campaign'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { people } from './support/people'

test.use({ installation: { name: 'live', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })

let api: ApiClient
let campaignId: string
test.beforeAll(async ({ app }) => {
  api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Two touches', days: [0, 1] })
  const batchId = await importBatch(api, 'Leads', people(2))
  const draft = { name: 'Watched', batchIds: [batchId], workflowId, timezone: 'Europe/Berlin' }
  campaignId = (await api.campaigns.create.mutate(draft)).id
  await api.campaigns.start.mutate({ campaignId })
})

test('a page hears of a change by its stream alone, and asks by itself where no stream comes', async ({ page }) => {
  await signIn(page)
  await test.step('by the stream', async () => {
    // Nothing is asked again and again.
    await page.addInitScript(() => Object.assign(window, { setInterval: () => 0 }))
    const stream = page.waitForResponse((answer) => answer.url().includes('/api/live'))
    await openCampaign(page, campaignId)
    expect((await stream).headers()['content-type']).toContain('text/event-stream')
    await expect(statusOnScreen(page, 'Running')).toBeVisible()
    await api.campaigns.pause.mutate({ campaignId })
    await expect(statusOnScreen(page, 'Paused')).toBeVisible()
  })
  await test.step('without one', async () => {
    const other = await page.context().newPage()
    await other.route('**/api/live?*', (route) => route.abort())
    await openCampaign(other, campaignId)
    await expect(statusOnScreen(other, 'Paused')).toBeVisible()
    await api.campaigns.resume.mutate({ campaignId })
    await expect(statusOnScreen(other, 'Running')).toBeVisible()
  })
})
