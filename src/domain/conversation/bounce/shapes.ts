import { cutText } from '../../cut-text'
import { bodyText } from '../new-text'
import { headerOf, type ReceivedMessage } from '../received-message'
import { addressIn, type ReportedRecipient, recipientsOfReport } from './delivery-status'

const SERVER_NAMES =
  /^(?:mailer-?daemon|mail-?daemon|postmaster|mail[-._]?delivery(?:[-._]?(?:subsystem|system))?|mdaemon|microsoftexchange[\da-f]+|bounces?(?:[-+=].*)?|no-?reply-?(?:dsn|bounces?)|mailerdaemon|maildelivery|mail-?system)$/i
const SERVER_TITLE = /mail delivery (?:sub)?system|mailer-daemon|postmaster|microsoft outlook$/i

/** True for a message that a mail server wrote: by its sender, or by a header that only servers set. */
export function isFromServer(message: ReceivedMessage): boolean {
  const { from } = message
  const local = from?.address.split('@')[0] ?? ''
  return (
    SERVER_NAMES.test(local) ||
    // "From: MAILER-DAEMON", "From: <>": some servers give themselves no address.
    (from === null && /mailer-daemon|^[^@]*<\s*>\s*$/i.test(headerOf(message, 'from'))) ||
    (from !== null && SERVER_TITLE.test(from.name) && hasNoReturnPath(message)) ||
    headerOf(message, 'x-failed-recipients') !== '' ||
    headerOf(message, 'content-type').includes('delivery-status')
  )
}

/** RFC 5321: whoever reports a failure is not to be answered. */
export const hasNoReturnPath = (message: ReceivedMessage): boolean =>
  /^\s*<\s*>\s*$/.test(headerOf(message, 'return-path'))

const FAILURE_SUBJECT =
  /undeliver|delivery (?:status notification|failure|failed|has failed|report|problem|notification|error|status)|mail delivery|returned mail|returned to sender|returning message|failure notice|mail failure|message (?:could not be|not|was not) delivered|(?:could ?n.?t|could not) be delivered|non[- ]delivery|delivery (?:delayed|incomplete)|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|zustellfehler|non (?:remis|distribu)|échec de (?:la )?(?:remise|distribution)|no se (?:puede|pudo|ha podido) entregar|no entregado|error de entrega|mancat[oa] (?:consegna|recapito)|non recapitabile|impossibile (?:consegnare|recapitare)|onbestelbaar|niet (?:bezorgd|afgeleverd)|não (?:entregue|foi possível entregar)|falha (?:na|de) entrega|não é possível entregar|olevererbart|går inte att leverera|kunde inte levereras|недоставлен|не доставлено|message rejected|warning: (?:could not|message)/iu

// What servers write above a returned message, in the shapes that carry no machine-readable report, and beside it.
const BANNERS =
  /created automatically by mail delivery software|(?:this is )?the (?:qmail-send|smtp|mail delivery|email) program at|i'm afraid i wasn't able to deliver|this is the (?:mail system|postfix program) at host|could not be delivered to (?:one|all|the following|some)|delivery (?:to the following recipients?|has failed to these recipients)|did not reach (?:some or all of )?the (?:intended|following) recipient|diagnostic information for administrators|(?:couldn.?t|could not|wasn.?t|was not) (?:be )?delivered to|unable to deliver (?:your|the|this)? ?message|an error occurred while trying to deliver the mail|had permanent fatal errors|transcript of session follows|не может быть доставлено|undelivered mail returned|fehler bei der nachrichtenzustellung|ihre nachricht (?:an|hat)[^.]{0,120}(?:konnte nicht|nicht erreicht)|konnte nicht (?:zugestellt|übermittelt) werden|(?:n'a|n’a) pas pu être (?:remis|distribu|livr)|échec de la remise|no se (?:pudo|ha podido|puede) entregar|(?:non è stato possibile|impossibile) (?:recapitare|consegnare)|kan niet worden (?:bezorgd|afgeleverd)|niet (?:bezorgd|afgeleverd) (?:worden|bij)|não (?:foi possível entregar|pôde ser entregue)|falha na entrega|det gick inte att leverera|kunde inte levereras|has not yet been delivered|warning message only|delivery[^.]{0,60}(?:delayed|failed permanently)|will be retried|was not delivered to|address(?:es)? (?:not found|failed)|message blocked|undeliverable (?:message|to)|mail could not be delivered|message (?:wasn.?t|was not) delivered|recipient(?:'s)? (?:address|mailbox)[^.]{0,60}(?:rejected|not found|unknown)/iu
const DELAYED =
  /has not yet been delivered|warning message only|delivery[^.]{0,60}(?:delayed|temporarily)|(?:message|mail)[^.]{0,40}delayed|delivery (?:status notification )?\(?delay|will (?:be retried|continue|keep)[^.]{0,20}(?:try|deliver)?|still being (?:retried|tried)|could not send message for past|delivery incomplete|no action is required on your part|verzögert|wird weiter versucht|retardé|retrasad|in ritardo|vertraagd|atrasad|försenad/iu

/** The recipients named in a report that a server wrote for people; null where a message is no such report. */
export function recipientsInWords(message: ReceivedMessage): ReportedRecipient[] | null {
  const text = bodyText(message)
  const isReport =
    message.contentType === 'multipart/report' && headerOf(message, 'content-type').includes('delivery-status')
  const saysSo = FAILURE_SUBJECT.test(message.subject) || BANNERS.test(text.slice(0, 4_000))
  if (
    !isReport &&
    !(saysSo && (isFromServer(message) || (hasNoReturnPath(message) && BANNERS.test(text.slice(0, 4_000)))))
  )
    return null

  const written = reportWithin(text)
  const inline = recipientsOfReport(written).filter(({ addresses }) => addresses.length > 0)
  if (inline.length > 0) return inline
  const isDelayed = DELAYED.test(message.subject) || DELAYED.test(written.slice(0, 2_000))
  return failedAddresses(message, written).map(({ address, words }) => ({
    addresses: address ? [address] : [],
    action: isDelayed ? 'delayed' : 'failed',
    status: '',
    diagnostic: `${words}\n\n${message.subject}`,
  }))
}

const ORIGINAL =
  /^[ \t>]*(?:--[^\n]*(?:copy of|original message|below this line|header of the original|returned message|undelivered message|message follows|message header)[^\n]*|original message(?: headers| follows)?:?|-{5,} ?message header|={3,}[^\n]*|(?:original-nachrichtenkopfzeilen|ursprüngliche nachrichtenkopfzeilen|en-têtes de message d'origine|encabezados de mensajes? originale?s?|intestazioni originali del messaggio|oorspronkelijke berichtkoppen|cabeçalhos (?:originais da mensagem|de mensagem original)|ursprungliga meddelanderubriker):?)[ \t]*$/imu

/** The report without the original below it. */
const reportWithin = (text: string): string => text.slice(0, ORIGINAL.exec(text)?.index ?? 6_000).slice(0, 6_000)

type Failed = { address: string | null; words: string }

// As long as a server's words about one recipient.
const WORDS_LENGTH = 1_200
const ADDRESS = /[^\s<>;:,"'()[\]{}|=]{1,64}@[^\s<>;:,"'()[\]{}|=]{1,190}\.[^\s<>;:,"'()[\]{}|=.]{2,30}/g

function failedAddresses(message: ReceivedMessage, text: string): Failed[] {
  const header = headerOf(message, 'x-failed-recipients')
  const named = header.split(',').flatMap((one) => addressIn(one) ?? [])
  const ours = new Set([...message.to.map(({ address }) => address), message.from?.address ?? ''])
  // Message-IDs look like addresses.
  const found = [...text.replace(/^.*message-id:.*$/gim, (line) => ' '.repeat(line.length)).matchAll(ADDRESS)]
    .map((match) => ({ address: match[0].replace(/^mailto:/i, '').toLowerCase(), at: match.index }))
    .filter(
      ({ address }) => !ours.has(address) && !/^(?:postmaster|mailer-daemon|support|abuse|helpdesk)@/.test(address),
    )
  const first = named[0] ? found.find(({ address }) => address === named[0]) : found[0]
  const words = text.slice(first?.at ?? 0)
  const address = named[0] ?? first?.address ?? null
  // Where nothing is named, the whole report is about the one recipient that the returned message names.
  return [{ address, words: cutText(words, WORDS_LENGTH) }]
}
