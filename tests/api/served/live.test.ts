import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startBoss } from '@/queue/boss'
import { createLive, getLive } from '@/server/live'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { recordHeartbeat, removeHeartbeat } from '@/use-cases/maintenance/record-heartbeat'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  const queue = { databaseUrl: engine.url, log: engine.deps.log, role: 'web' as const, queues: queuesOf(JOBS) }
  await (await startBoss(queue)).stop({ graceful: false })
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

it('tells of an act on many leads as it gets further and ends', async () => {
  const page = await listen('mass_acts')
  expect(await page.next()).toEqual(['mass_acts'])
  const begun = { kind: 'status', filter: {}, choice: { status: 'contacted' }, total: 9, actor: BY } as const
  const { id } = await engine.db.massAct.create({ data: { ...begun, createdAt: engine.clock.now() } })
  expect(await page.change()).toEqual(['mass_acts'])
  await engine.db.massAct.update({ where: { id }, data: { done: 4, changed: 4 } })
  expect(await page.change()).toEqual(['mass_acts'])
  const ended = { done: 9, changed: 9, state: 'done', endedAt: engine.clock.now() } as const
  await engine.db.massAct.update({ where: { id }, data: ended })
  expect(await page.change()).toEqual(['mass_acts'])
})

it('tells of a worker that comes and goes, not of one that is alive still', async () => {
  const page = await listen('health')
  expect(await page.next()).toEqual(['health'])
  await recordHeartbeat(engine.deps, 'worker')
  expect(await page.change()).toEqual(['health'])
  await recordHeartbeat(engine.deps, 'worker')
  await removeHeartbeat(engine.deps, 'worker')
  expect(await page.change()).toEqual(['health'])
})

it('tells twenty pages of one person, and others beside them', async () => {
  const live = createLive(engine.deps)
  const page = (userId: string) => {
    if (!live.hasRoom(userId)) return null
    return live.listen({ userId, topics: [], tell: () => true, end: () => undefined, isAdmitted: async () => true })
  }
  const mira = Array.from({ length: 20 }, () => page('mira'))
  expect(mira).not.toContain(null)
  expect(page('mira')).toBeNull()
  const other = page('ada')
  expect(other).not.toBeNull()
  mira[3]?.()
  const again = page('mira')
  expect(again).not.toBeNull()
  for (const leave of [...mira, other, again]) leave?.()
})

it('refuses the next page of a person, and no other', async () => {
  const live = getLive(engine.deps)
  const { id: userId } = await engine.db.user.findFirstOrThrow()
  const listener = { userId, topics: [], tell: () => true, end: () => undefined, isAdmitted: async () => true }
  const others = Array.from({ length: 20 }, () => live.listen({ ...listener }))
  const refused = await ask('inbox')
  for (const leave of others) leave()
  expect(refused.status).toBe(503)
  expect(await refused.text()).toBe('Too many pages listen already. This one asks now and then instead.')
  const page = await listen('inbox')
  expect(await page.next()).toEqual(['inbox'])
})

it('ends a page that reads nothing of what it is told, and goes on with the others', async () => {
  const { GET } = await import('@/app/api/live/route')
  const request = new Request(`${app.url}/api/live?topics=inbox`, { headers: { cookie } })
  const answer = await GET(request)
  const page = await listen('inbox')
  // Each look tells the page one thing more; the reader of the answer takes none of them.
  for (let look = 0; look < 18; look++) await page.next()
  const reader = answer.body?.getReader()
  const unread = []
  for (let read = await reader?.read(); read && !read.done && unread.length < 17; read = await reader?.read())
    unread.push(read.value)
  expect(unread).toHaveLength(16)
  expect(await page.next()).toEqual([])
})

it('refuses what it does not know, and ends with the session', async () => {
  for (const topics of ['', 'outbox', 'campaign:1']) expect((await ask(topics)).status).toBe(400)
  const page = await listen('inbox')
  expect(await page.next()).toEqual(['inbox'])
  await engine.db.session.deleteMany()
  for (;;) if ((await page.next()) === 'ended') break
  expect((await ask('inbox')).status).toBe(401)
})
