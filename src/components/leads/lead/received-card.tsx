'use client'

import { useState } from 'react'
import { deletedWords } from '@/components/messages/deleted-text'
import { WholeMessage } from '@/components/messages/whole-message'
import { ReplyArea } from '@/components/replies/reply-area'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { formatOf } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import type { LeadMessage } from '../api-types'
import { CorrectMessage } from './correct-message'
import { correctedFromWords } from './correction-text'
import { effectWords, kindWords } from './received-text'

/** Every message that came from the lead, and what was written to it by hand, the latest first: what it is and what it did. */
export function ReceivedCard({ messages }: { messages: readonly LeadMessage[] }) {
  if (messages.length === 0) return null
  return (
    <Card aria-labelledby="received">
      <CardHeader id="received" title="Messages received" aside={formatOf(messages.length, 'message')} />
      <ol className="mt-1.5 divide-y border-t text-control">
        {messages.map((message) => (
          <Received key={message.id} message={message} />
        ))}
      </ol>
    </Card>
  )
}

function Received({ message }: { message: LeadMessage }) {
  const [open, setOpen] = useState(false)
  const { word, tone, icon } = kindWords(message.kind)
  const subject = message.subject || 'No subject'
  return (
    <li className="py-2.5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5 px-[18px]">
        <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
          <p className="font-medium">{subject}</p>
          <p className="text-caption text-ink-3">
            from{' '}
            {message.fromName ? `${message.fromName} · ${message.fromEmail}` : message.fromEmail || 'an unknown sender'}
            {' to '}
            {message.mailbox.fromEmail}
          </p>
          {message.textKeptDays !== null && <p className="mt-1 text-ink-2">{deletedWords(message.textKeptDays)}</p>}
          {message.excerpt && <p className="mt-1 line-clamp-3 whitespace-pre-line text-ink-2">{message.excerpt}</p>}
          <p className="mt-1 text-caption text-ink-2">
            {[correctedFromWords(message.correctedFrom), ...effectWords(message.effects)].filter(Boolean).join(' ')}
          </p>
          <Button
            variant="link"
            className="mt-1 text-caption"
            aria-expanded={open}
            aria-label={`${open ? 'Hide the message' : 'Show the whole message'} “${subject}”`}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide the message' : 'Show the whole message'}
          </Button>
        </div>
        <div className="grid justify-items-start gap-1 sm:justify-items-end">
          <Chip tone={tone} icon={icon}>
            {word}
          </Chip>
          <span className="text-caption text-ink-3">
            <Time at={message.receivedAt} zone={message.mailbox.timezone} />
          </span>
          <CorrectMessage message={message} />
        </div>
      </div>
      {open && <WholeMessage id={message.id} />}
      <ReplyArea messageId={message.id} subject={subject} />
    </li>
  )
}
