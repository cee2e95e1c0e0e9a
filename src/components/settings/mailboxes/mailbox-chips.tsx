import { FlaskConical, Send } from 'lucide-react'
import { Chip } from '@/components/ui/chip'
import { useNow } from '@/components/ui/clock'
import { Time } from '@/components/ui/time'
import { formatTime } from '@/components/ui/zoned-time'
import type { Mailbox } from '../api-types'
import { ELSEWHERE_FOLLOWS, healthWords, limitWords, readingWords } from './mailbox-text'

/** Icon and word, and below them the reason in plain words and the end of a cool-down. */
export function MailboxHealth({ mailbox, full = false }: { mailbox: Mailbox; full?: boolean }) {
  const { tone, icon, word, follows } = healthWords(mailbox)
  return (
    <div className="grid grid-cols-1 justify-items-start gap-1">
      <Chip tone={tone} icon={icon}>
        {word}
      </Chip>
      {mailbox.healthReason && (
        <span className={`text-caption text-ink-2 [overflow-wrap:anywhere] ${full ? '' : 'line-clamp-3'}`}>
          {mailbox.healthReason}
        </span>
      )}
      {mailbox.coolDownUntil && (
        <span className="text-caption text-ink-3">
          Until <Time at={mailbox.coolDownUntil} zone={mailbox.timezone} />
        </span>
      )}
      {mailbox.firstStepsPausedUntil && (
        <span className="text-caption text-ink-2">
          First emails pause until <Time at={mailbox.firstStepsPausedUntil} zone={mailbox.timezone} />: more than 5 % of
          its emails bounced within a day. Follow-ups go on. Look at the addresses, then save the mailbox to end the
          pause.
        </span>
      )}
      {mailbox.connectionLimit && (
        <span className="text-caption text-ink-2">
          {limitWords(mailbox.connectionLimit, mailbox.maxConnections)} More are tried again an hour after{' '}
          <Time at={mailbox.connectionLimit.at} zone={mailbox.timezone} />.
        </span>
      )}
      {full && follows && <span className="text-caption text-ink-3">{follows}</span>}
    </div>
  )
}

/** Whether its answers are read, when they last were, and why they are not any more. */
export function ReadingState({ mailbox, full = false }: { mailbox: Mailbox; full?: boolean }) {
  const { reader, timezone } = mailbox
  const { tone, icon, word, follows } = readingWords(reader)
  const isRead = tone === 'sent'
  const now = useNow(60_000)
  const today = now && reader?.lastReadAt && dayOf(now, timezone) === dayOf(reader.lastReadAt, timezone)
  return (
    <div className="grid grid-cols-1 justify-items-start gap-1">
      <Chip tone={tone} icon={icon}>
        {word}
        {isRead && reader?.lastReadAt && (
          <>
            {' '}
            <Time at={reader.lastReadAt} zone={timezone} format={today ? 'time' : 'day-time'} />
          </>
        )}
      </Chip>
      {reader?.healthReason && (
        <span className={`text-caption text-ink-2 [overflow-wrap:anywhere] ${full ? '' : 'line-clamp-3'}`}>
          {reader.healthReason}
        </span>
      )}
      {!isRead && reader?.lastReadAt && (
        <span className="text-caption text-ink-3">
          Last read <Time at={reader.lastReadAt} zone={timezone} />
        </span>
      )}
      {mailbox.repliesGoElsewhere && (
        <span className="text-caption text-ink-2 [overflow-wrap:anywhere]">
          Replies go to {mailbox.replyTo}, which is not read here.
        </span>
      )}
      {full && mailbox.repliesGoElsewhere && <span className="text-caption text-ink-3">{ELSEWHERE_FOLLOWS}</span>}
      {full && follows && <span className="text-caption text-ink-3">{follows}</span>}
    </div>
  )
}

const dayOf = (at: Date, zone: string) => formatTime(at, zone, 'day', new Date(0))

/** While the installation is a sandbox: whether email from this box stays here or really goes out. */
export function SandboxBadge({ kind }: { kind: string }) {
  return kind === 'environment' ? (
    <Chip icon={FlaskConical}>Sandbox</Chip>
  ) : (
    <Chip tone="held" icon={Send}>
      Goes out
    </Chip>
  )
}
