import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
const opened = new AbortController()
afterAll(async () => {
  opened.abort()
  await app.close()
  await engine.close()
})
const streams: AsyncGenerator<string[]>[] = []
afterEach(async () => {
  for (const stream of streams.splice(0)) await stream.return(undefined)
})

const ask = (topics: string) =>
  fetch(`${app.url}/api/live?topics=${topics}`, { headers: { cookie }, signal: opened.signal })

/** What a page that listens is told, look by look. */
async function* toldOf(answer: Response): AsyncGenerator<string[]> {
  let text = ''
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) yield (JSON.parse(event.replace(/^data: /, '')) as { changed: string[] }).changed
  }
}

async function listen(topics: string) {
  const stream = toldOf(await ask(topics))
  streams.push(stream)
  const next = async (): Promise<string[] | 'ended'> => {
    const { value, done } = await stream.next()
    return done ? 'ended' : value
  }
  return {
    next,
    /** What the next look that found something found. */
    change: async () => {
      for (let changed = await next(); ; changed = await next()) if (changed.length > 0) return changed
    },
  }
}

it('names all at first, since what came before is not known, and then only what has changed', async () => {
  const { id: campaignId } = await startOutreach(engine, { leads: 2 })
  const other = await startOutreach(engine, { leads: 2 })
  const campaign = `campaign:${campaignId}`
  const page = await listen(`${campaign},inbox,campaign:${other.id}`)
  expect(await page.next()).toEqual([campaign, 'inbox', `campaign:${other.id}`])
  expect(await page.next()).toEqual([])
  await pauseCampaign(engine.deps, { campaignId, by: BY })
  expect(await page.change()).toEqual([campaign])
  await engine.work()
  expect(await page.change()).toEqual([`campaign:${other.id}`])
  while ((await page.next()).length > 0);
  await rollUpCounts(engine.deps)
  // Summed up, the counts are the same.
  expect([await page.next(), await page.next()]).toEqual([[], []])
})

it('tells of a mailbox that is stopped, of a message, and of a notification', async () => {
  await engine.db.mailbox.updateMany({ data: { testedAt: engine.clock.now() } })
  const page = await listen('mailboxes,inbox,notifications')
  await page.next()
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.updateMany({ data: { health: 'stopped', healthReason: '535 wrong password' } })
  expect(await page.change()).toEqual(['mailboxes'])
  const message = { mailboxId, folder: 'INBOX', uidValidity: 1, uid: 1, contentHash: 'x', size: 1, kind: 'human' }
  await engine.db.receivedMessage.create({ data: { ...message, receivedAt: engine.clock.now() } })
  expect(await page.change()).toEqual(['inbox'])
  await recordNotifications(engine.deps)
  expect(await page.change()).toEqual(['notifications'])
})

it('refuses what it does not know, and ends with the session', async () => {
  for (const topics of ['', 'outbox', 'campaign:1']) expect((await ask(topics)).status).toBe(400)
  const page = await listen('inbox')
  expect(await page.next()).toEqual(['inbox'])
  await engine.db.session.deleteMany()
  for (;;) if ((await page.next()) === 'ended') break
  expect((await ask('inbox')).status).toBe(401)
})
