import { cutText } from '../cut-text'
import { foldHeader } from './csv-headers'
import { readable, withoutDebris } from './debris'
import type { SuppressionReason } from './suppression'

/** Why another program no longer emailed somebody. */
export type OptOutReason = Extract<SuppressionReason, 'unsubscribed' | 'bounced' | 'complained'>

/** What becomes of such people in an import: left out, put on the suppression list as well, or imported all the same. */
export const OPT_OUT_CHOICES = ['suppress', 'leave_out', 'import'] as const

export type OptOutChoice = (typeof OPT_OUT_CHOICES)[number]

/** A column that says of its rows who wants no email, or cannot be reached. */
export type OptOutColumn = { index: number; name: string; says: (value: string) => OptOutReason | null }

/** What a column says of one row, as it stands there. */
export type OptOut = { reason: OptOutReason; column: string; value: string }

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

// "Yes" means no email.
const FLAGS = set(`
  unsubscribedfromallemail unsubscribedfromallemails unsubscribed isunsubscribed hasoptedoutofemail optedoutofemail optedout optout
  emailoptout emailoptedout hasoptedout isoptedout globalunsubscribe emailunsubscribed unsubscribedfromemail donotemail donotmail
  donotcontact dontcontact dnc noemail noemails nomarketing suppressed issuppressed blocklisted emailblacklisted blacklisted
  donotallowemails donotallowemail donotallowbulkemails donotallowbulkemail donotbulkemail donotsendemail donotsendmarketingmaterials
  excludefromemail excludedfromemail emailsuppressed
  abgemeldet newsletterabgemeldet werbesperre keinewerbung kontaktsperre nichtkontaktieren nichtanschreiben keineemail keineemails
  keinemails emailsperre mailsperre widerspruch werbewiderspruch widersprochen robinsonliste desabonne desinscrit nepascontacter
  dadodebaja baja nocontactar noenviar disiscritto noncontattare naocontatar naocontactar afgemeld uitgeschreven nietmailen
  avregistrerad avmeldt frameldt`)
// "Opted out of email: News", "Newsletter opt-out": a program adds to the name.
const FLAG_FORM =
  /^(?:has|is|global|manual|marketing|newsletter|email|contact|lead|gdpr)*(?:unsub|unsubscribed?|opt(?:ed)?out)(?:(?:of|from|for)(?:all|marketing|bulk)*(?:email|mailing|newsletter).*)?$/
// Here "no" does.
const WANTED = set('subscribed issubscribed emailsubscribed acceptsmarketing acceptsemailmarketing')
// Anything but a no means no email.
const MOMENTS = set(`
  unsubscribedat unsubscribedon unsubscribedate unsubscribeddate unsubscribetime optouttime optoutdate optedoutat optoutat
  abgemeldetam unsubscribereason optoutreason dateunsubscribed newsletterabgemeldetam widersprucham widersprochenam
  datededesinscription datedesinscription fechadebaja datadisiscrizione uitgeschrevenop afgemeldop`)
const MOMENT_FORM =
  /^(?:global|marketing|newsletter|email)*(?:unsub|unsubscribed?|opt(?:ed)?out)(?:time|timestamp|date|datetime|at|on|reason|campaigntitle)$/
const BOUNCES = set(`
  emailbounced bounced hardbounced isbounced hasbounced emailhardbouncereason emailhardbouncereasonenum emailbouncedreason
  emailbounceddate bouncereason bouncedat bouncedon bouncedate hardbouncereason hardbouncedat emailisbounced hardbounces
  hardbouncecount cleantime cleancampaigntitle`)
const COMPLAINTS = set(
  'complained spamcomplaint complaint markedasspam reportedspam complainedat spamreported spamreport',
)
// One word says how things stand.
const STATES = set(`
  status emailstatus subscriptionstatus subscriberstatus memberstatus contactstatus marketingstatus leadstatus stage contactstage
  leadstage state subscription emailsubscriptionstatus emailmarketingstatus consent optinstatus emailconsent`)
const CONSENT_FORM = /(?:consent|permission)$/
// How something else stands: only what can mean nothing but an email counts.
const STATE_FORM = /(?:status|stage|subscription)$/

const STATE_REASONS: Readonly<Record<OptOutReason, ReadonlySet<string>>> = {
  unsubscribed: set(`
    unsubscribed unsubscribe optedout optout donotcontact donotemail donotmail dnc suppressed blocklisted blacklisted
    removed withdrawn denied revoked abgemeldet nichtkontaktieren desabonne desinscrit baja globalunsubscribe`),
  bounced: set('bounced hardbounced hardbounce bounce cleaned unreachable undeliverable undelivered nichterreichbar'),
  complained: set('complained complaint complainer spamcomplaint spam abuse markedasspam reportedspam'),
}

// What no other state is called.
const SURE = set('unsubscribed unsubscribe optedout optout donotcontact donotemail donotmail')

const REFUSED = set('false 0 no n nein non nao não f off unchecked falsch faux never unsubscribed')
const NO = set(
  'false 0 no n nein non nao não none active subscribed optedin f off unchecked falsch faux never 0000-00-00',
)
const YES = set(
  'true 1 yes y ja j oui si sí sim x on t checked wahr vrai optedout unsubscribed donotallow notallowed email emails',
)

const fold = (value: string) => value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
const isDate = (value: string) => /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(value) && !value.startsWith('0000')
const isNo = (value: string) => NO.has(fold(value)) || NO.has(value)
const isYes = (value: string) => YES.has(fold(value)) || isDate(value)

type Rule = { fits: (header: string) => boolean; says: (value: string) => OptOutReason | null }

const named = (headers: ReadonlySet<string>) => (header: string) => headers.has(header)
const unless = (isWanted: (value: string) => boolean, reason: OptOutReason) => (value: string) =>
  isWanted(value) ? null : reason

// The first that fits a header is the one that reads the column.
const RULES: readonly Rule[] = [
  { fits: named(MOMENTS), says: unless(isNo, 'unsubscribed') },
  { fits: (header) => MOMENT_FORM.test(header), says: unless(isNo, 'unsubscribed') },
  {
    fits: (header) => FLAGS.has(header) || FLAG_FORM.test(header),
    says: unless((value) => !isYes(value), 'unsubscribed'),
  },
  { fits: named(WANTED), says: unless((value) => !REFUSED.has(fold(value)), 'unsubscribed') },
  { fits: named(BOUNCES), says: unless(isNo, 'bounced') },
  { fits: named(COMPLAINTS), says: unless(isNo, 'complained') },
  { fits: (header) => STATES.has(header) || CONSENT_FORM.test(header), says: stateReason },
  { fits: (header) => STATE_FORM.test(header), says: unless((value) => !SURE.has(stateOf(value)), 'unsubscribed') },
]

// "Unsubscribed (by hand)".
const stateOf = (value: string) => fold(value.replace(/\(.*$/, ''))

function stateReason(value: string): OptOutReason | null {
  const state = stateOf(value)
  const reasons: readonly OptOutReason[] = ['unsubscribed', 'bounced', 'complained']
  return reasons.find((reason) => STATE_REASONS[reason].has(state)) ?? null
}

/**
 * The columns of other programs that say who has unsubscribed, bounced, complained, or asked not to be contacted. "Do not
 * call" alone forbids no email.
 */
export function optOutColumns(columns: readonly { name: string }[]): OptOutColumn[] {
  return columns.flatMap(({ name }, index) => {
    const header = foldHeader(name)
    const rule = RULES.find(({ fits }) => fits(header))
    return rule ? [{ index, name, says: rule.says }] : []
  })
}

/** Why a row's person is not to be emailed; null when no column says so. Being unsubscribed goes before bouncing. */
export function optOutOf(cells: readonly string[], columns: readonly OptOutColumn[]): OptOut | null {
  let found: OptOut | null = null
  for (const { index, name, says } of columns) {
    const value = withoutDebris(readable(cells[index] ?? ''), 'custom')
    const reason = value === null ? null : says(value)
    if (value === null || !reason || (found && reason === 'bounced')) continue
    if (!found || found.reason === 'bounced') found = { reason, column: name, value: cutText(value, 80) }
  }
  return found
}

/** How many people of a file want no email, or cannot be reached. */
export type OptOutCount = { reason: OptOutReason; people: number }

const WORDS: Record<OptOutReason, string> = {
  unsubscribed: 'Wants no email',
  bounced: 'Cannot be reached',
  complained: 'Complained about an email',
}

/** 'Wants no email: "Opted out" is "1" in the file'. */
export const optOutInWords = ({ reason, column, value }: OptOut) =>
  `${WORDS[reason]}: "${column}" is "${value}" in the file`
