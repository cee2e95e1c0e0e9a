import { deliver } from '../mail-servers/delivered'
import { answerLike } from './answered-emails'
import { type Delivered, GONE, MAILBOXES, type OutreachAtServers } from './outreach-at-servers'

/** When it happens: a day after the first email, in the night before the second, a day after the second. */
export type When = 'after first' | 'before second' | 'after second'
type Act = (stage: OutreachAtServers, email: Delivered) => Promise<unknown>

/** What one lead does, and why emails to it are skipped then; null where they go on. `source`: of its suppression, an answer by default. */
type Doing = { lead: number; when: When; ends: string | null; status?: string; source?: string; act: Act }

/** Leads of a company each, but for a colleague, two at a free-mail provider, and one whose address is gone. */
export const LEADS = Array.from({ length: 100 }, (_, n) => `ute.winter@company${n}.example`)
LEADS[3] = 'ute.winter@gmail.com'
LEADS[15] = `ute.winter@${GONE}`
LEADS[60] = 'max.herbst@company2.example'
LEADS[61] = 'otto.sommer@gmail.com'
/** Their colleague has replied. */
export const COLLEAGUE = 60

/** `other`: of the mailbox that has not written to the lead. */
type Place = { other?: boolean; folder?: 'Inbox' | 'Sent' | 'Junk' }

const mailboxOf = ({ from }: Delivered, { other }: Place) =>
  other ? (MAILBOXES.find((address) => address !== from) ?? from) : from

const put = ({ dovecot, engine }: OutreachAtServers, email: Delivered, raw: string, place: Place = {}) =>
  deliver(dovecot, {
    user: mailboxOf(email, place),
    folder: place.folder ?? 'Inbox',
    raw,
    at: engine.clock.now(),
  })

/** A sample message comes as an answer. */
const sample =
  (name: string, over: { from?: (to: string) => string; id?: string } & Place = {}): Act =>
  (stage, email) => {
    const { from, id = email.messageId, ...place } = over
    return put(stage, email, answerLike(name, email, { id, from: from?.(email.to) ?? email.to }), place)
  }

const messageOf = (head: Readonly<Record<string, string>>, text = ''): string =>
  `${Object.entries(head)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${text}\r\n`

const linksIn = ({ raw }: Delivered) => {
  const list = /^List-Unsubscribe:((?:.*\r\n[ \t])*.*)/im.exec(raw)?.[1]?.replace(/\s+/g, '') ?? ''
  const [, link = '', mailto = ''] = /<(https:[^>]+)>,<(mailto:[^>]+)>/.exec(list) ?? []
  return { link: new URL(link), mailto: new URL(mailto) }
}

/** A mail program unsubscribes by one click. */
const oneClick: Act = async ({ app }, email) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = 'List-Unsubscribe=One-Click'
  const answer = await fetch(`${app.url}${linksIn(email).link.pathname}`, { method: 'POST', headers, body })
  if (answer.status !== 200) throw new Error(`Unsubscribing was answered with ${answer.status}`)
}

/** A mail program writes to the address in the header, as the lead or as somebody else. */
const byMailto =
  (as?: string): Act =>
  (stage, email) => {
    const { mailto } = linksIn(email)
    const subject = mailto.searchParams.get('subject') ?? ''
    const head = { From: as ?? email.to, To: mailto.pathname, Subject: subject, 'Auto-Submitted': 'auto-generated' }
    return put(stage, email, messageOf({ ...head, 'Message-ID': `<mailto.of.${email.to}>` }))
  }

/** A scanner opens the link in the header, and the page where it leads to. */
const scan: Act = async ({ app, pageOf }, email) => {
  const { link } = linksIn(email)
  for (const method of ['HEAD', 'GET']) {
    const answer = await fetch(`${app.url}${link.pathname}`, { method, redirect: 'manual' })
    const [, token = ''] = /^\/u\/([\w-]+)$/.exec(answer.headers.get('location') ?? '') ?? []
    const page = await pageOf(token)
    if (answer.status !== 303 || !page.includes('Unsubscribe?')) throw new Error(`A scanner got ${answer.status}`)
  }
}

/** Somebody of us writes to the lead in a mail program. */
const byHand =
  (place: Place = {}): Act =>
  (stage, email) => {
    const head = {
      From: mailboxOf(email, place),
      To: email.to,
      Subject: 'As promised',
      'Message-ID': `<hand.${email.to}>`,
    }
    const date = stage.engine.clock.now().toUTCString()
    return put(stage, email, messageOf({ ...head, Date: date }, 'As promised on the phone.'), {
      ...place,
      folder: 'Sent',
    })
  }

/** The provider files a copy of what it sent, under our id or one of its own. */
const filed =
  (rename: (messageId: string) => string = (messageId) => messageId): Act =>
  (stage, email) =>
    put(stage, email, email.raw.replace(/^(Message-ID: ).*$/im, `$1${rename(email.messageId)}`), { folder: 'Sent' })

const both =
  (...acts: Act[]): Act =>
  async (stage, email) => {
    for (const act of acts) await act(stage, email)
  }

/** Somebody sends a report in the lead's name about an email that never was. */
const forge: Act = (stage, email) => {
  const report = answerLike('bounce-hard.postfix-user-unknown.en', email, { id: NEVER_SENT })
  return put(stage, email, report.replace(/^From: .*/m, `From: ${email.to}`))
}

type Ends = Pick<Doing, 'ends' | 'status' | 'source'>
const REPLIED: Ends = { ends: 'lead_replied', status: 'replied' }
const BOUNCED: Ends = { ends: 'lead_bounced', status: 'bounced' }
const ASKED: Ends = { ends: 'lead_unsubscribed', status: 'unsubscribed' }
const CLICKED: Ends = { ...ASKED, source: 'link' }
const BY_HAND: Ends = { ends: 'answered_by_hand' }
const GOES_ON: Ends = { ends: null }
const doing = (lead: number, ends: Ends, act: Act, when: When = 'after first'): Doing => ({ lead, ...ends, when, act })
const atCompany =
  (name: string, below = '') =>
  (to: string) =>
    to.replace('ute.winter@', `${name}@${below}`)
const NEVER_SENT = '<0199c2a4-7b11-7c3e-9f00-5a1b2c3d4e5f@nexa.dev>'

/** One mailbox writes to the first fifty leads, the other one to the others. */
export const DOINGS: readonly Doing[] = [
  // Ten answer: two from another address of the company, which name no email of ours.
  doing(0, REPLIED, sample('human-none.what-is-it.en', { id: '<other@x.example>', from: atCompany('max.sommer') })),
  doing(50, REPLIED, sample('human-none.what-is-it.en', { id: NEVER_SENT, from: atCompany('max.sommer', 'sales.') })),
  doing(1, REPLIED, sample('human-interested.edited-subject.en')),
  doing(51, REPLIED, sample('human-interested.iphone-without-references.en')),
  // One is delivered twice.
  doing(2, REPLIED, both(sample('human-interested.gmail.en'), sample('human-interested.gmail.en', { folder: 'Junk' }))),
  doing(3, REPLIED, sample('human-interested.gmail.en')),
  doing(4, REPLIED, sample('human-interested.outlook.de', { folder: 'Junk' })),
  doing(52, REPLIED, sample('human-interested.outlook-html-only.en'), 'after second'),
  doing(53, REPLIED, sample('human-interested.gmail.es'), 'after second'),
  doing(54, REPLIED, sample('human-not_interested.short.en'), 'before second'),
  // Five are away until a date, three without one.
  doing(10, GOES_ON, sample('away-2027-01-04.exchange.en')),
  doing(62, GOES_ON, sample('away-2027-01-04.exchange.fr')),
  doing(11, GOES_ON, sample('away-2027-01-05.vom-bis.de')),
  doing(12, GOES_ON, sample('away-2027-01-07.exchange.es')),
  doing(63, GOES_ON, sample('away-2027-01-11.icloud.en')),
  doing(13, GOES_ON, sample('away-none.without-a-date.en')),
  doing(64, GOES_ON, sample('away-none.date-missing.en')),
  doing(14, GOES_ON, sample('away-none.without-a-date.en'), 'after second'),
  // Five bounce hard, the first by the mail server itself, three softly, and two bounces are forged.
  doing(15, BOUNCED, async () => undefined),
  doing(16, BOUNCED, sample('bounce-hard.postfix-user-unknown.en')),
  doing(65, BOUNCED, sample('bounce-hard.exim-unknown-user.en')),
  doing(66, BOUNCED, sample('bounce-hard.qmail-no-mailbox-here.en')),
  doing(17, BOUNCED, sample('bounce-hard.exchange-online-not-found.en'), 'after second'),
  doing(18, GOES_ON, sample('bounce-soft.postfix-mailbox-full.en')),
  doing(67, GOES_ON, sample('bounce-soft.exim-quota.en')),
  doing(68, GOES_ON, sample('bounce-soft.gmail-inbox-full.en'), 'after second'),
  doing(19, GOES_ON, forge),
  doing(69, GOES_ON, sample('bounce-hard.postfix-user-unknown.en', { other: true })),
  // Five unsubscribe by one click, two by email, three in words.
  ...[20, 21, 70, 71].map((lead) => doing(lead, CLICKED, oneClick)),
  doing(22, CLICKED, oneClick, 'after second'),
  doing(23, ASKED, byMailto()),
  doing(72, ASKED, byMailto('ute.private@gmail.com'), 'before second'),
  doing(24, ASKED, sample('stop-sure.please-remove-me.en')),
  doing(73, ASKED, sample('stop-sure.keine-weiteren-mails.de')),
  doing(25, ASKED, sample('stop-sure.plus-de-mails.fr'), 'after second'),
  ...Array.from({ length: 10 }, (_, n) => [doing(30 + n, GOES_ON, scan), doing(80 + n, GOES_ON, scan)]).flat(),
  // Three are answered by hand, the last by the owner of the other mailbox.
  doing(26, BY_HAND, byHand()),
  doing(74, BY_HAND, byHand()),
  doing(27, BY_HAND, byHand({ other: true }), 'after second'),
  // What else lies there and ends nothing.
  doing(40, GOES_ON, filed()),
  doing(90, GOES_ON, filed()),
  doing(
    41,
    GOES_ON,
    filed(() => '<theirs@mta.provider.example>'),
  ),
  doing(42, GOES_ON, sample('automatic.eingangsbestaetigung.de')),
  doing(43, GOES_ON, sample('bounce-delayed.postfix-warning.en')),
  doing(91, GOES_ON, sample('bounce-policy.postfix-spam-content.en')),
  doing(92, GOES_ON, sample('human-interested.gmail.en', { id: NEVER_SENT, from: () => 'eva@elsewhere.example' })),
]
