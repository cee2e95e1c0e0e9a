import { counted } from '../counted'
import { type LeadSourceName, SOURCE_LABELS } from '../lead-generation/criteria'
import { blockingChecks, type Check, type LeftOut } from './preflight'

type Text = { title: string; detail: string | null }

/** The words of a pre-flight check, for the screen and for the refusal of a start alike. */
export function describeCheck(check: Check): Text {
  switch (check.kind) {
    case 'no_source':
      return text('No lead source is chosen')
    case 'sources_unusable': {
      const detail = check.usable.length > 0 ? `Runs use ${names(check.usable)} alone.` : null
      return text(`${names(check.missing)}: switched off or without a key`, detail)
    }
    case 'google_places_alone':
      return text(
        'Google Places knows companies, not addresses',
        'With Hunter switched on, people are looked for at each. Without, nobody it finds can be written to.',
      )
    case 'sources_ready':
      return text(`Uses ${names(check.sources)}`)
    case 'criteria_empty':
      return text(`The criteria ask ${names(check.sources)} for nothing`, 'Say who is looked for.')
    case 'nobody_fits':
      return text(`Nobody fits at ${names(check.sources)}`, 'Take a criterion away, or widen one.')
    case 'criteria_ready':
      return text(`At most ${check.cap} leads from each source per run`)
    case 'end_date_passed':
      return text('The end date has passed', 'No run would be due.')
    case 'no_interval':
      return text('How often it runs is not chosen')
    case 'runs_once':
      return text('Runs once')
    case 'recurs': {
      const detail = check.endless ? 'Without an end date it runs until somebody stops it.' : null
      return text(`Runs ${check.interval.replaceAll('_', ' ')}`, detail)
    }
    default:
      return describeOutreach(check)
  }
}

/** The checks as sentences in a row, each with its detail. */
export const sentencesOf = (checks: readonly Check[]): string =>
  checks
    .map(describeCheck)
    .map(({ title, detail }) => (detail ? `${title}. ${detail}` : `${title}.`))
    .join(' ')

/** How the checks stand together: what stands in the way, else what asks for a look; "all clear" only without either. */
export function summarizeChecks(checks: readonly Check[]): string {
  const blockers = blockingChecks(checks).length
  if (blockers > 0) return `${blockers} to fix`
  const warnings = checks.filter(({ level }) => level === 'warn').length
  return warnings > 0 ? `${warnings} to look at` : 'all clear'
}

type GenerationSubject = 'sources' | 'criteria' | 'recurrence'

function describeOutreach(check: Exclude<Check, { subject: GenerationSubject }>): Text {
  switch (check.kind) {
    case 'no_batch':
      return text('No batch of leads is chosen')
    case 'no_lead':
      return text('No lead can be emailed', leftOutText(check.leftOut) ?? 'The batches are empty.')
    case 'leads_ready':
      return text(`${counted(check.leads, 'lead')} from ${counted(check.batches, 'batch')}`, leftOutText(check.leftOut))
    case 'emailed_before':
      return text(emailedBefore(check), 'They get this campaign, too. It can leave them out.')
    case 'batch_busy':
      return text(
        `Batch "${check.batch}" is in use by "${check.holder}"`,
        'A batch belongs to one running campaign at a time.',
      )
    case 'batches_free':
      return text('Batches are free', check.batches.join(', '))
    case 'workflow_empty':
      return text(`Workflow "${check.workflow}" has no steps`)
    case 'no_sequence':
      return text('No email is written or chosen yet')
    case 'sequence_ready':
      return text(counted(check.steps, 'step'), check.name)
    case 'no_mailbox':
      return text('There is no mailbox to send from')
    case 'mailbox_placeholder':
      return text(
        `Mailbox "${check.mailbox}" still sends as ${check.address}`,
        'Give it your own address before real email leaves.',
      )
    case 'mailbox_stopped':
      return text(`Mailbox ${check.address} is stopped`, check.reason)
    case 'mailbox_untested':
      return text(
        `Mailbox ${check.address} was not tested yet`,
        check.reason ?? 'Test its connection before emails leave from it.',
      )
    case 'sender_records': {
      const records = check.records.map((name) => name.toUpperCase()).join(', ')
      return text(
        `Records of the domain of ${check.address} to fix: ${records}`,
        'Emails may be refused or land in junk. The page of the mailbox shows the records to copy.',
      )
    }
    case 'mailboxes_ready':
      return text(counted(check.addresses.length, 'mailbox'), check.addresses.join(', '))
    case 'gap_sets_pace':
      return text(`The gap sets the pace: ${check.perDay} per day`, longWords(check))
    case 'beyond_ten_years':
      return text('The campaign would take more than ten years', longWords(check))
    case 'no_postal_address':
      return text('Your postal address is missing', 'The law asks for it in every campaign email.')
    case 'sample_postal_address':
      return text('Your postal address is the sample data’s', `${check.address} is nobody’s. Enter your own.`)
    case 'app_url_not_public':
      return text(
        'Recipients cannot open the unsubscribe link',
        `It begins with ${check.appUrl}. Set APP_URL to the public https address of this installation, and accept it: npm run installation -- accept.`,
      )
    case 'postal_address_ready':
      return text('Unsubscribe link and postal address', check.address)
    default:
      return describeVariables(check)
  }
}

function describeVariables(check: Extract<Check, { subject: 'variables' }>): Text {
  switch (check.kind) {
    case 'step_unwritten':
      return text(`Step ${check.step} is not written yet`, 'It needs a subject and a text.')
    case 'template_unreadable':
      return text(`Step ${check.step}, "${check.template}", can't be read`, check.reason)
    case 'unknown_variable':
      return text(
        `"${check.variable}" in step ${check.step} is not a variable`,
        check.suggestion ? `Did you mean ${check.suggestion}?` : 'No lead of this campaign has a field of this name.',
      )
    case 'missing_variable':
      return text(
        `"${check.variable}" in step ${check.step} is missing for ${counted(check.leads, 'lead')}`,
        `Give it a fallback, as in {{ ${check.variable} | default: "..." }}, or fill it in.`,
      )
    case 'foreign_text':
      return text(
        `Step ${check.step} has text that other programs replace: ${shownTexts(check.texts)}`,
        'Here it is sent as it stands. Write variables instead, or confirm it in the template.',
      )
    case 'email_fails':
      return text(`The email in step ${check.step} can't be made for ${counted(check.leads, 'lead')}`, check.reason)
    case 'variables_uncertain':
      return text(
        `${check.variables.map((name) => `"${name}"`).join(', ')} in step ${check.step} may be missing`,
        'Leads for whom an email cannot be made are left out. A fallback lets them in, as in {{ city | default: "your city" }}.',
      )
    case 'variables_cleared':
      return text(
        `${check.variables.map((name) => `"${name}"`).join(', ')} in step ${check.step} will be missing from ${check.day} on` +
          (check.leads === null ? '' : ` for ${counted(check.leads, 'lead')}`),
        `Google Places lets nobody keep it for more than ${counted(check.retentionDays, 'day')}, and step ${check.step} goes out later. ` +
          `Give it a fallback, as in {{ ${check.variables[0] ?? 'city'} | default: "..." }}; without one these emails fail.`,
      )
    case 'variables_ready':
      return check.leadsKnown
        ? text('Every variable has a value for every lead')
        : text('Every variable in use exists', 'Leads that lack a value are left out when they are planned.')
  }
}

function emailedBefore({ leads, last }: Extract<Check, { kind: 'emailed_before' }>): string {
  const were = `${counted(leads, 'lead')} ${leads === 1 ? 'was' : 'were'} emailed before`
  if (!last) return were
  return last.leads === leads
    ? `${were} by "${last.campaign}"`
    : `${were}, ${last.leads} of them last by "${last.campaign}"`
}

function longWords({ address, perDay, leads, steps, days, weeks }: Extract<Check, { subject: 'pace' }>): string {
  const work = `${counted(leads, 'lead')} with ${counted(steps, 'step')}`
  const inWeeks = weeks > 1 ? `, so about ${counted(weeks, 'week')}` : ''
  return `${work} take about ${counted(days, 'day')} on which ${address} sends, ${perDay} on each${inWeeks}.`
}

// A line of the list names the first few; the template shows all.
const SHOWN_TEXTS = 5

const shownTexts = (texts: readonly string[]) =>
  texts.slice(0, SHOWN_TEXTS).join(' ') + (texts.length > SHOWN_TEXTS ? ` and ${texts.length - SHOWN_TEXTS} more` : '')

const text = (title: string, detail: string | null = null): Text => ({ title, detail })
const names = (sources: readonly LeadSourceName[]) => sources.map((source) => SOURCE_LABELS[source]).join(', ')

function leftOutText(leftOut: readonly LeftOut[]): string | null {
  if (leftOut.length === 0) return null
  const total = leftOut.reduce((sum, { count }) => sum + count, 0)
  return `${total} left out: ${leftOut.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ')}`
}
