import addressparser from 'nodemailer/lib/addressparser'
import PostalMime from 'postal-mime'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { settingsInput } from '@/domain/settings'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { eventually } from '../../support/worker-process'
import { startChaosCampaign } from '../support/campaign'
import { change, readLedger, selectEmails } from '../support/look-ups'
import type { Random } from '../support/random'
import { atLeast, exactly, type Figure } from '../support/report'
import type { Seen } from '../support/sink-process'
import type { Stage } from '../support/stage'

const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\u0000',
  '\u000b',
  '\u0085',
  '\u2028',
  '\u2029',
  '\r\n ',
  '\r\n\t',
  '\r\n\r\n',
  '\r\n.\r\n',
  'Bcc: x@evil.example',
  'To: x@evil.example',
  'RCPT TO:<x@evil.example>',
  'Content-Type: text/html',
  'Subject: other',
  '<x@evil.example>',
  'x@evil.example',
  ', ',
  '; ',
  '"',
  '\\',
  '(',
  ')',
  ':',
  '=?utf-8?q?=0D=0ABcc:_x=40evil.example?=',
  '=?utf-8?b?DQpCY2M6IHg=?=',
  '=0D=0A',
  '%0d%0a',
  '\ud800',
  '\udfff',
  '\u202e',
  'é',
  '👩‍👩‍👧',
  'a',
  'Ada',
  'x'.repeat(300),
  '{{ email }}',
  '{% if %}',
]

/** Names of headers that an email of a campaign has. */
const ALLOWED = new Set([
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'references',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
])

const nasty = (random: Random) => Array.from({ length: random.int(1, 8) }, () => random.pick(PIECES)).join('')

// Those of a lead that its email shows.
const FIELDS = ['company_name', 'contact_name', 'job_title']

/**
 * Sends emails whose every field is hostile, and holds each header and recipient that arrived against what it may be. Values
 * go straight into the database, past the checks of whatever would enter them; those of senders through the checks.
 */
export async function sendHostileFields(
  stage: Stage,
  random: Random,
  fields: number,
): Promise<{ figures: Figure[]; counts: Record<string, number> }> {
  const { deps, sink, fleet } = stage
  const leads = Math.ceil(fields / FIELDS.length)
  const { mailboxIds } = await startChaosCampaign(deps, {
    leads,
    mailboxes: 4,
    mailbox: { maxConnections: 10 },
    templates: [
      {
        subject: '{{ company_name | default: "x" }} {{ job_title | default: "x" }}',
        bodyText: 'Hi {{ contact_name | default: "x" }}, {{ job_title | default: "x" }}',
      },
    ],
  })
  const written = await writeFields(stage, random)
  const senders = await writeSenders(stage, random, mailboxIds)
  sink.tell({ heads: true })
  await fleet.launchAll(1)
  await eventually(
    async () => {
      const { pending, sending } = await readLedger(stage)
      return pending + sending === 0
    },
    'everything has left or failed',
    600_000,
  )
  await fleet.killAll()
  const { sent, failed, held, planned } = await readLedger(stage)
  return {
    figures: [
      atLeast('hostile fields', written + senders, fields),
      ...(await judgeHeads(stage, sink.read(), sent)),
      exactly('planned emails that are neither sent nor failed', planned - sent - failed, 0),
      exactly('emails held', held, 0),
      atLeast('emails sent, in % of those planned', Math.round((sent / planned) * 100), 50),
    ],
    counts: {
      'emails sent with hostile fields': sent,
      'emails refused for them': failed,
      'settings of senders that were taken': senders,
    },
  }
}

/** PostgreSQL itself takes no NUL and no halves of surrogate pairs. */
const storable = (text: string) => text.replaceAll('\u0000', '').toWellFormed()

async function writeFields(stage: Stage, random: Random): Promise<number> {
  const emails = await selectEmails(stage)
  const rows = emails.map(({ email }) => [
    email,
    storable(nasty(random)),
    storable(nasty(random)),
    storable(nasty(random)),
  ])
  await change(
    stage,
    `UPDATE leads SET company_name = v.company, contact_name = v.contact, job_title = v.title
     FROM (SELECT unnest($1::text[]) AS email, unnest($2::text[]) AS company, unnest($3::text[]) AS contact, unnest($4::text[]) AS title) v
     WHERE leads.email = v.email`,
    [0, 1, 2, 3].map((column) => rows.map((row) => row[column])),
  )
  return rows.length * FIELDS.length
}

/** Names and addresses of senders, as the screens save them: what they refuse stays as it was. */
async function writeSenders({ deps }: Stage, random: Random, mailboxIds: readonly string[]): Promise<number> {
  let taken = 0
  for (const mailboxId of mailboxIds) {
    for (let tries = 0; tries < 50; tries++) {
      const mailbox = mailboxInput.safeParse({
        name: 'Sender',
        kind: 'environment',
        maxConnections: 10,
        fromEmail: 'ada@nexa.example',
        fromName: nasty(random).slice(0, 80),
        ...(random.int(0, 1) === 0 && { replyTo: `ada${nasty(random).slice(0, 40)}@nexa.example` }),
      })
      const saved =
        mailbox.success &&
        (await updateMailbox(deps, { mailboxId, mailbox: mailbox.data }).then(
          () => true,
          () => false,
        ))
      if (!saved) continue
      taken++
      break
    }
  }
  const settings = settingsInput.safeParse({
    companyName: nasty(random).slice(0, 120),
    postalAddress: `Main Street 1 ${nasty(random)}`.slice(0, 400),
  })
  if (
    settings.success &&
    (await updateSettings(deps, settings.data).then(
      () => true,
      () => false,
    ))
  )
    taken++
  return taken
}

async function judgeHeads(stage: Stage, seen: Seen, sent: number): Promise<Figure[]> {
  const known = new Set((await selectEmails(stage)).map(({ email }) => email))
  const faults = { names: 0, recipients: 0, senders: 0, lines: 0 }
  const heads = seen.message.flatMap(({ head, to }) => (head === undefined ? [] : [{ head, to }]))
  for (const { head, to } of heads) {
    const names = head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? '')
    if (names.some((name) => !ALLOWED.has(name)) || new Set(names).size < names.length) faults.names++
    if (/[^\r]\n|\r[^\n]/.test(head) || head.includes('\u0000')) faults.lines++
    const parsed = await PostalMime.parse(`${head}\r\n\r\n`)
    if (parsed.to?.length !== 1 || parsed.to[0]?.address !== to || parsed.cc?.length || parsed.bcc?.length)
      faults.recipients++
    // As another reader of addresses has them.
    const from = addressparser(parsed.headers.find(({ key }) => key === 'from')?.value ?? '', { flatten: true })
    if (from.length !== 1 || from[0]?.address !== 'ada@nexa.example') faults.senders++
  }
  return [
    exactly('heads read', heads.length, sent),
    exactly('emails with a header that none of ours is, or one twice', faults.names, 0),
    exactly('emails with a line that ends otherwise', faults.lines, 0),
    exactly('emails whose To is not the one address that they went to', faults.recipients, 0),
    exactly('emails whose From is not the one sender', faults.senders, 0),
    exactly('recipients that nobody planned', seen.rcpt.filter(({ to }) => !known.has(to)).length, 0),
    exactly('recipients beyond one an email', seen.rcpt.length - seen.message.length, 0),
  ]
}
