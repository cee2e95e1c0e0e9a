import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '@/deps'
import { SAMPLE_POSTAL_ADDRESS } from '@/domain/settings'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { planDueBatches } from '@/use-cases/lead-generation/plan-due-batches'
import { changeInstallation } from '@/use-cases/maintenance/change-installation'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { BY, createOutreach, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'
import { openWithSources, runsOf, startAutomated, workAll } from '../../support/generation'
import { refusal } from '../../support/refusal'

const NO_LINK =
  'Recipients cannot open the unsubscribe link. It begins with http://localhost:3000. Set APP_URL to the public https ' +
  'address of this installation, and accept it: npm run installation -- accept.'
const PUBLIC = 'https://crm.nexa.dev'

/** An SMTP server on this machine is a real one: only the sandbox inbox keeps what it gets. */
describe('emails that really leave need a public address and a postal one', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
    await engine.db.mailbox.updateMany({ data: { fromEmail: 'sam@nexa.dev' } })
  })
  afterEach(() => close())

  /** The same installation with SMTP_URL set, which leads to this machine. */
  const live = (appUrl = 'http://localhost:3000'): Deps => ({
    ...engine.deps,
    config: { ...engine.deps.config, sandbox: false, appUrl },
  })
  const setPostalAddress = (postalAddress: string) =>
    engine.db.settings.update({ where: { id: 1 }, data: { postalAddress } })

  it('at a start, by hand, planned, or due', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1, days: [0], name: 'Spring' })
    const startAt = new Date(engine.clock.now().getTime() + 60_000)
    expect(await refusal(startCampaign(live(), { campaignId, by: BY }))).toEqual({
      code: 'not_ready',
      message: `"Spring" can't start: Recipients cannot open the unsubscribe link. Nothing was changed.`,
    })
    expect(await refusal(scheduleCampaign(live(), { campaignId, startAt, by: BY }))).toEqual({
      code: 'not_ready',
      message: `"Spring" can't be scheduled: Recipients cannot open the unsubscribe link. Nothing was changed.`,
    })
    await scheduleCampaign(live(PUBLIC), { campaignId, startAt, by: BY })
    engine.clock.advance(120_000)
    await runTick(live())
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })).toMatchObject({
      status: 'draft',
      statusReason: expect.stringContaining(
        'The scheduled start was refused: "Spring" can\'t start: Recipients cannot',
      ),
    })
    expect(await readLedger(engine, campaignId)).toMatchObject({ planned: 0 })
    await startCampaign(live(PUBLIC), { campaignId, by: BY })
    expect(await readLedger(engine, campaignId)).toMatchObject({ planned: 1 })
  })

  it('also a mailbox with a server of its own, in a sandbox', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1, days: [0], name: 'Spring' })
    await engine.db.mailbox.updateMany({ data: { kind: 'smtp', smtpHost: '127.0.0.1', smtpPort: engine.sink.port } })
    expect((await refusal(startCampaign(engine.deps, { campaignId, by: BY }))).message).toContain(
      'Recipients cannot open',
    )
    await setPostalAddress(SAMPLE_POSTAL_ADDRESS.replace(', ', ',\n  '))
    const { config } = engine.deps
    const reachable = { ...engine.deps, config: { ...config, appUrl: PUBLIC } }
    expect(await refusal(startCampaign(reachable, { campaignId, by: BY }))).toEqual({
      code: 'not_ready',
      message: `"Spring" can't start: Your postal address is the sample data’s. Nothing was changed.`,
    })
  })

  it.each([
    ['is not public', 'Harbour Street 1, Kiel', NO_LINK],
    [
      'is public, without a postal address',
      '',
      'Your postal address is missing. The law asks for it in every campaign email.',
    ],
  ])('at a resume whose APP_URL %s', async (what, postalAddress, why) => {
    const { id: campaignId } = await startOutreach(engine, { leads: 2, days: [0], name: 'Spring' })
    await pauseCampaign(engine.deps, { campaignId, by: BY })
    await setPostalAddress(postalAddress)
    const deps = live(what === 'is not public' ? undefined : PUBLIC)
    const before = await engine.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })
    expect(await refusal(resumeCampaign(deps, { campaignId, by: BY }))).toEqual({
      code: 'not_ready',
      message: `"Spring" can't be resumed: ${why} Nothing was changed.`,
    })
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })).toEqual(before)
    await setPostalAddress('Harbour Street 1, Kiel')
    expect(await resumeCampaign(live(PUBLIC), { campaignId, by: BY })).toMatchObject({ status: 'running' })
  })

  it('but a resume with nothing left to send completes', async () => {
    const { id: campaignId } = await startOutreach(engine, { leads: 1, days: [0] })
    await pauseCampaign(engine.deps, { campaignId, by: BY })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId }, data: { status: 'skipped' } })
    expect(await resumeCampaign(live(), { campaignId, by: BY })).toMatchObject({ status: 'completed' })
  })

  it('at a retry, which leaves the failed emails as they were', async () => {
    engine.sink.behave = () => ({ at: 'rcpt', code: 554, message: '5.7.1 no' })
    const { id: campaignId } = await startOutreach(engine, { leads: 1, days: [0], name: 'Spring' })
    await engine.work()
    const failed = await engine.db.scheduledEmail.findMany({ where: { campaignId } })
    expect(failed).toMatchObject([{ status: 'failed' }])
    expect(await refusal(retryFailed(live(), { campaignId, by: BY }))).toEqual({
      code: 'not_ready',
      message: `"Spring" can't send them again: ${NO_LINK} Nothing was changed.`,
    })
    expect(await engine.db.scheduledEmail.findMany({ where: { campaignId } })).toEqual(failed)
    expect(await statusOf(engine, campaignId)).toBe('completed')
    expect(await retryFailed(live(PUBLIC), { campaignId, by: BY })).toMatchObject({ reopened: 1 })
  })

  it('when the batch of a run is due: it is not planned, and the campaign pauses with the reason', async () => {
    const id = await startAutomated(engine, { days: [0], outreachDelayDays: 1 })
    await workAll(engine)
    expect(await runsOf(engine, id)).toHaveLength(1)
    engine.clock.advanceDays(1)
    await planDueBatches(live())
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'paused',
      statusReason: `The batch that is due was not planned: ${NO_LINK} Nothing was changed.`,
    })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 0 })
    await resumeCampaign(live(PUBLIC), { campaignId: id, by: BY })
    await planDueBatches(live(PUBLIC))
    expect((await readLedger(engine, id)).planned).toBeGreaterThan(0)
  })

  it('when an installation is accepted that sends really, while a campaign runs', async () => {
    await startOutreach(engine, { leads: 2, days: [0], name: 'Spring' })
    const { sql, config, clock } = engine.deps
    await storeInstallation(sql, config, clock.now())
    const accept = (appUrl: string) => changeInstallation(sql, live(appUrl).config, clock.now())
    expect(await refusal(accept('http://localhost:3000'))).toEqual({
      code: 'conflict',
      message:
        `"Spring" is running, and its emails would really leave: ${NO_LINK} The installation was not changed. Correct that ` +
        'here; or start the app as it was, pause or stop the campaign there, and accept then.',
    })
    expect(await engine.db.installation.count()).toBe(1)
    await accept(PUBLIC)
    expect(await engine.db.installation.findUniqueOrThrow({ where: { version: 2 } })).toMatchObject({
      live: true,
      publicAddress: PUBLIC,
      reason: expect.stringContaining('1 running campaign will really go out: "Spring" (2 emails planned).'),
    })
  })
})
