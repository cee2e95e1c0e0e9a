import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearAudit } from '@/db/queries/maintenance/clear-old-rows'
import { ACTS } from '@/domain/audit/acts'
import { RECORDED, recordOf, UNRECORDED } from '@/domain/audit/recorded'
import { appRouter } from '@/server/api/root'
import { listAuditEntries } from '@/use-cases/audit/list-audit-entries'
import { recordBeginning } from '@/use-cases/audit/record-act'
import { createEngine, createOutreach, type Engine } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'
import { totp } from '../../support/team/totp'

type Client = { call: (path: string, input?: unknown) => Promise<{ status: number; data: Record<string, string> }> }

let engine: Engine
let app: HttpApp
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine, { proxies: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  await engine.close()
})

/** What somebody does on the API, from their own place. */
function client(cookie: string, from: string): Client {
  return {
    call: async (path, input) => {
      const headers = { cookie, 'x-forwarded-for': from, 'user-agent': 'Firefox/140.0 (X11; Linux)' }
      const answer = await app.post(`/api/trpc/${path}`, { json: input ?? null }, headers)
      const body = (await answer.json()) as { result?: { data: { json: Record<string, string> } } }
      return { status: answer.status, data: body.result?.data.json ?? {} }
    },
  }
}

const SECRETS = {
  owner: OWNER.password,
  wrong: 'not the right words here',
  colleague: 'quiet rivers run north',
  reset: 'three other calm words',
  mailbox: 'mailbox-password-canary',
  key: 'lead-source-key-canary',
}

const entries = () => engine.db.auditEntry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })

/** A day of an owner and a colleague, whose acts follow each other as the test says. */
async function liveADay() {
  const place = { 'x-forwarded-for': '203.0.113.1' }
  const post = (path: string, body: object, headers: Record<string, string> = place) =>
    app.post(`/api/auth${path}`, body, headers)
  const ownerCookie = cookieOf(await post('/sign-up/email', OWNER))
  await post('/sign-in/email', { email: OWNER.email, password: SECRETS.wrong })
  // A password in the wrong field.
  await post('/sign-in/email', { email: SECRETS.wrong, password: 'x' })
  const owner = client(ownerCookie, '203.0.113.1')

  const invited = await owner.call('team.invite', { email: 'ada@nexa.example', role: 'member' })
  const token = invited.data.url?.split('/').at(-1) ?? ''
  // In a browser in which somebody is signed in.
  await client(ownerCookie, '203.0.113.7').call('invitations.accept', {
    token,
    name: 'Ada',
    password: SECRETS.colleague,
  })
  const signedIn = await post(
    '/sign-in/email',
    { email: 'ada@nexa.example', password: SECRETS.colleague },
    { 'x-forwarded-for': '203.0.113.7' },
  )
  const ada = client(cookieOf(signedIn), '203.0.113.7')
  const adaId = (await engine.db.user.findFirstOrThrow({ where: { email: 'ada@nexa.example' } })).id

  const mailbox = await owner.call('mailboxes.create', {
    name: 'Own',
    fromName: 'Sam',
    fromEmail: 'sam@nexa.example',
    smtpHost: 'mail.nexa.example',
    smtpPassword: SECRETS.mailbox,
  })
  await owner.call('mailboxes.delete', { mailboxId: mailbox.data.id })
  await owner.call('leadSources.save', { source: 'apollo', enabled: true, apiKey: SECRETS.key })
  await owner.call('settings.update', { companyName: 'Nexa two' })
  expect((await ada.call('settings.update', { companyName: 'Sly' })).status).toBe(403)
  await ada.call('suppression.add', { value: 'no@customer.example', reason: 'manual' })
  const { id: campaignId } = await createOutreach(engine, { leads: 2, name: 'Spring' })
  await ada.call('campaigns.start', { campaignId })
  await ada.call('campaigns.pause', { campaignId })
  await ada.call('campaigns.pause', { campaignId })

  const common = { currentPassword: OWNER.password, newPassword: 'password1234' }
  await post('/change-password', common, { ...place, cookie: ownerCookie })
  const begun = await post('/two-factor/enable', { password: OWNER.password }, { ...place, cookie: ownerCookie })
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] }
  const on = await post('/two-factor/verify-totp', { code: totp(totpURI) }, { ...place, cookie: ownerCookie })
  const safe = client(cookieOf(on), '203.0.113.1')

  await safe.call('team.changeRole', { userId: adaId, from: 'member', to: 'viewer' })
  const reset = await safe.call('team.resetLink', { userId: adaId })
  const resetToken = reset.data.url?.split('/').at(-1) ?? ''
  await client('', '203.0.113.7').call('account.resetPassword', { token: resetToken, password: SECRETS.reset })
  await safe.call('team.remove', { userId: adaId })
  await post('/sign-out', {}, { ...place, cookie: cookieOf(on) })
  return { totpURI, backupCodes, token, resetToken }
}

describe('each act of a day', () => {
  it('stands in the log in its order: who, what, to whom and from where, and none of its secrets', async () => {
    const { totpURI, backupCodes, token, resetToken } = await liveADay()
    const rows = await entries()
    expect(rows.map(({ act, outcome, actorName, subject }) => [act, outcome, actorName, subject])).toEqual([
      ['owner_created', 'done', 'Mira', null],
      ['signed_in', 'refused', 'mira@nexa.example', null],
      ['signed_in', 'refused', null, null],
      ['person_invited', 'done', 'Mira', 'ada@nexa.example'],
      ['invitation_accepted', 'done', 'ada@nexa.example', null],
      ['signed_in', 'done', 'Ada', null],
      ['mailbox_created', 'done', 'Mira', 'sam@nexa.example'],
      ['mailbox_deleted', 'done', 'Mira', 'sam@nexa.example'],
      ['lead_source_saved', 'done', 'Mira', 'apollo'],
      ['settings_changed', 'done', 'Mira', null],
      ['settings_changed', 'refused', 'Ada', null],
      ['suppression_added', 'done', 'Ada', 'no@customer.example'],
      ['campaign_started', 'done', 'Ada', 'Spring'],
      ['campaign_paused', 'done', 'Ada', 'Spring'],
      ['campaign_paused', 'refused', 'Ada', 'Spring'],
      ['password_changed', 'refused', 'Mira', null],
      ['two_factor_on', 'done', 'Mira', null],
      ['role_changed', 'done', 'Mira', 'Ada'],
      ['reset_link_made', 'done', 'Mira', 'Ada'],
      ['password_reset', 'done', 'ada@nexa.example', null],
      ['member_removed', 'done', 'Mira', 'Ada'],
      ['signed_out', 'done', 'Mira', null],
    ])
    expect(new Set(rows.map(({ ipAddress }) => ipAddress))).toEqual(new Set(['203.0.113.1', '203.0.113.7']))
    expect(rows.find(({ act }) => act === 'role_changed')?.details).toEqual({ from: 'member', to: 'viewer' })
    expect(rows.find(({ act }) => act === 'settings_changed')?.details).toEqual({ companyName: 'Nexa two' })
    expect(rows.find(({ act }) => act === 'mailbox_created')?.details).toMatchObject({
      fields: expect.stringContaining('smtpPassword'),
    })
    const text = JSON.stringify(rows)
    const secret = new URL(totpURI).searchParams.get('secret') ?? '-'
    for (const canary of [...Object.values(SECRETS), token, resetToken, secret, ...backupCodes, OWNER.code]) {
      expect(text).not.toContain(canary)
    }
  })

  it('is found by group, person and outcome, page by page, each line once', async () => {
    const all = (await entries()).map(({ id }) => id).reverse()
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listAuditEntries(engine.deps, { pageSize: 3, ...(after ? { after } : {}) })
      seen.push(...page.rows.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toEqual(all)
    const team = await listAuditEntries(engine.deps, { group: 'team' })
    expect(team.rows.map(({ act }) => act)).toEqual([
      'member_removed',
      'reset_link_made',
      'role_changed',
      'invitation_accepted',
      'person_invited',
    ])
    expect((await listAuditEntries(engine.deps, { outcome: 'refused' })).rows).toHaveLength(5)
    const ada = await engine.db.user.findFirstOrThrow({ where: { name: 'Ada' } })
    const hers = await listAuditEntries(engine.deps, { actorId: ada.id })
    expect(new Set(hers.rows.map(({ actorName }) => actorName))).toEqual(new Set(['Ada']))
    expect(hers.actors.map(({ name }) => name)).toEqual(['Ada', 'Mira'])
  })

  it('goes once the settings keep it no longer', async () => {
    const before = await engine.db.auditEntry.count()
    const day = 86_400_000
    const at = { now: new Date(), realNow: new Date() }
    const old = { act: 'signed_in' as const, outcome: 'done' as const }
    await engine.db.auditEntry.createMany({
      data: [399, 401].map((days) => ({ ...old, at: new Date(Date.now() - days * day) })),
    })
    expect(await clearAudit(engine.deps.sql, at)).toBe(1)
    await engine.db.settings.update({ where: { id: 1 }, data: { auditDays: 30 } })
    expect(await clearAudit(engine.deps.sql, at)).toBe(1)
    expect(await engine.db.auditEntry.count()).toBe(before)
  })
})

describe('the list of recorded acts', () => {
  const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)
    .flatMap(([path, { _def }]) => (_def.type === 'mutation' ? [path] : []))
    .sort()

  it('says of every mutation whether it leaves a line, and of nothing else', () => {
    expect([...Object.keys(RECORDED), ...UNRECORDED].sort()).toEqual(mutations)
    expect(Object.values(RECORDED).filter(({ act }) => !(act in ACTS))).toEqual([])
  })

  it('keeps of a call only what it names, whatever else the call holds', () => {
    const input = { email: 'a@b.example', role: 'admin', password: 'p', apiKey: 'k', nested: { token: 't' } }
    for (const rule of Object.values(RECORDED)) {
      const text = JSON.stringify(recordOf(rule, { ...input, mailbox: { smtpPassword: 'hush' } }))
      expect(text).not.toMatch(/"(p|k|t|hush)"|hush/)
    }
    const rule = RECORDED['team.invite']
    expect(rule && recordOf(rule, input)).toMatchObject({ subject: 'a@b.example', details: { role: 'admin' } })
  })

  it.each([undefined, null, 'text', 7, [], { campaignId: { a: 1 } }, { campaignId: 'a\u0000b\ud800' }])(
    'bears any input: %j',
    (input) => {
      for (const rule of Object.values(RECORDED)) expect(() => recordOf(rule, input)).not.toThrow()
    },
  )
})

it('an act whose end nobody could write stands in the log as begun', async () => {
  const made = {
    act: 'campaign_stopped' as const,
    actorId: null,
    actorName: 'Mira',
    subject: 'Spring',
    subjectId: null,
    kind: null,
    ipAddress: null,
    userAgent: null,
    details: {},
  }
  await recordBeginning(engine.deps, made)
  expect(await engine.db.auditEntry.findFirst({ where: { act: 'campaign_stopped' } })).toMatchObject({
    outcome: 'begun',
  })
})
